import { type ColumnTable, from } from 'arquero'

/** An arquero table that knows the type of its rows; after verbs that change the columns, say what they are: `objects<Mine>()`. */
export interface TableOf<Row extends object> extends ColumnTable {
  objects<Out extends object = Row>(options?: { readonly limit?: number; readonly offset?: number }): Out[]
  [Symbol.iterator](): Iterator<Row>
}

/** Rows as an arquero table with these columns, also where there is no row. */
export const tableOf = <Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): TableOf<Row> => from([...rows], [...columns]) as TableOf<Row>
