import { formatFixed, formatNumber } from './format-number.js'

/** One row of a table by column name. */
export type Row = Readonly<Record<string, unknown>>

/** What of an arquero table is needed to show it. */
export interface ColumnTable {
  columnNames(): string[]
  objects(): object[]
}

/** An arquero table or plain rows. */
export type TableSource = ColumnTable | readonly Row[]

export interface TableOptions {
  /** Columns to show, in this order; all by default. */
  readonly columns?: readonly string[]
  /** Headings by column, where they differ from the column's name. */
  readonly headings?: Readonly<Record<string, string>>
  /** Digits behind the point, for all columns of numbers or by column; chosen by size of the numbers by default. */
  readonly digits?: number | Readonly<Record<string, number>>
  /** A sentence that says what the table shows. */
  readonly caption?: string
}

/** A column as text, with the values it came from. */
export interface GridColumn {
  readonly heading: string
  readonly numeric: boolean
  readonly cells: readonly string[]
  readonly values: readonly unknown[]
}

/** A table as text, column by column. */
export interface Grid {
  readonly columns: readonly GridColumn[]
  readonly rows: number
  readonly caption: string
}

/**
 * Formats a table as text.
 *
 * @throws RangeError when an option names a column that the table lacks.
 */
export function toGrid(source: TableSource, options: TableOptions = {}): Grid {
  const { rows, names } = read(source)
  const { columns = names, headings = {}, digits, caption = '' } = options
  const named = [
    ...columns,
    ...Object.keys(headings),
    ...(typeof digits === 'object' ? Object.keys(digits) : []),
  ]
  const unknown = named.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new RangeError(
      `no column "${unknown.join('", "')}": the table has ${names.join(', ') || 'no columns'}`,
    )
  }
  return {
    caption,
    rows: rows.length,
    columns: columns.map((name) => {
      const values = rows.map((row) => row[name])
      const places = typeof digits === 'object' ? digits[name] : digits
      return { heading: headings[name] ?? name, ...formatColumn(values, places), values }
    }),
  }
}

/** A value of any kind as text; numbers with four significant digits, lists item by item. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return formatNumber(value)
  if (value instanceof Date) return value.toISOString()
  if (isIterable(value)) return Array.from(value, formatValue).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

function read(source: TableSource): { rows: readonly Row[]; names: readonly string[] } {
  if (!('columnNames' in source)) return { rows: source, names: [...new Set(source.flatMap(Object.keys))] }
  return { rows: source.objects().map((row) => ({ ...row })), names: source.columnNames() }
}

function formatColumn(values: readonly unknown[], places?: number): { numeric: boolean; cells: string[] } {
  const present = values.filter((value) => value !== null && value !== undefined)
  const numbers = present.filter((value): value is number => typeof value === 'number')
  if (present.length === 0 || numbers.length < present.length)
    return { numeric: false, cells: values.map(formatValue) }
  const fixed = places ?? commonPlaces(numbers)
  const format = (value: unknown) =>
    typeof value === 'number' && fixed !== null ? formatFixed(value, fixed) : formatValue(value)
  return { numeric: true, cells: values.map(format) }
}

/** Digits behind the point that suit a whole column, or null where its numbers are of too different sizes for that. */
function commonPlaces(numbers: readonly number[]): number | null {
  const finite = numbers.filter(Number.isFinite)
  if (finite.every(Number.isInteger)) return 0
  const sizes = finite.map(Math.abs).filter((size) => size > 0)
  const places = Math.max(0, 3 - Math.floor(Math.log10(Math.max(...sizes))))
  const smallest = Math.min(...sizes)
  return places <= 7 && smallest >= 10 ** -places ? places : null
}
