/** Rows as an array, or as a table that gives them (an arquero table does). */
export type Rows<Row> = readonly Row[] | { objects(): object[] }

export interface RowsNeeded<Row> {
  /** Names the figure in errors, such as `pixel flipping`. */
  readonly figure: string
  /** What there must be one of. Default: row. */
  readonly one?: string
  /** The fields that every row has; a table's columns are the fields of its rows. */
  readonly fields?: readonly (keyof Row & string)[]
}

/**
 * The rows of an array or a table.
 *
 * @throws Error where there is no row, or a field that is needed is missing, naming it and those there are
 */
export function rowsOf<Row extends object>(rows: Rows<Row>, needed: RowsNeeded<Row>): readonly Row[] {
  const { figure, one = 'row', fields = [] } = needed
  const list = isTable(rows) ? (rows.objects() as Row[]) : rows
  if (list.length === 0) throw new Error(`The ${figure} figure needs at least one ${one}`)
  for (const row of list) {
    const missing = fields.find((field) => row[field] === undefined || row[field] === null)
    if (missing !== undefined)
      throw new Error(
        `The ${figure} figure needs '${missing}' in each ${one}; there are ${Object.keys(row).join(', ')}`,
      )
  }
  return list
}

const isTable = <Row>(rows: Rows<Row>): rows is { objects(): object[] } => 'objects' in rows
