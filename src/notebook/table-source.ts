/** One row of a table by column name. */
export type Row = Readonly<Record<string, unknown>>

/** What of an arquero table is needed to show it. */
export interface ColumnTable {
  columnNames(): string[]
  objects(): object[]
}

/** An arquero table or plain rows. */
export type TableSource = ColumnTable | readonly Row[]

/** The rows of a table and the names of its columns, in their order. */
export function readSource(source: TableSource): { rows: readonly Row[]; names: readonly string[] } {
  if (!('columnNames' in source)) return { rows: source, names: [...new Set(source.flatMap(Object.keys))] }
  return { rows: source.objects().map((row) => ({ ...row })), names: source.columnNames() }
}
