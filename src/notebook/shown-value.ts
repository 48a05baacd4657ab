import type { MimeBundle } from './display.js'
import { tableBundle } from './table.js'

/** What of an arquero table is needed to show its first rows without reading all others. */
interface LongTable {
  numRows(): number
  columnNames(): string[]
  objects(options?: { limit: number }): object[]
}

const shownRows = 50
/** A longer table is not read as a whole. */
const mostReadRows = 1000

/**
 * What the value of a cell's last expression looks like, where that is more than its text: an arquero table is a table, as `showTable`
 * shows it. The kernel finds this file by its path.
 */
export function shownValue(value: unknown): MimeBundle | undefined {
  if (!isTable(value) || value.columnNames().length === 0) return undefined
  const limit = value.numRows() > mostReadRows ? shownRows : Number.POSITIVE_INFINITY
  const rows = { columnNames: () => value.columnNames(), objects: () => value.objects({ limit }) }
  return tableBundle(rows, { limit: shownRows, rows: value.numRows() })
}

const isTable = (value: unknown): value is LongTable =>
  typeof value === 'object' &&
  value !== null &&
  ['numRows', 'columnNames', 'objects'].every((name) => typeof Reflect.get(value, name) === 'function')
