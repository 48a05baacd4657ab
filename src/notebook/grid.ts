import { bestCells, type PrintedField } from './best.js'
import { type Field, plainFields } from './field.js'
import { formatFixed, groupThousands } from './format-number.js'
import { formatValue } from './format-value.js'
import { intervalNames, intervalText } from './interval.js'
import { listOfNames, quoted } from './names.js'
import { pivotFields, pivotNames } from './pivot.js'
import type { TableOptions } from './table-options.js'
import { type Row, readSource, type TableSource } from './table-source.js'

/** A column as text, with the values it came from. */
export interface GridColumn {
  readonly heading: string
  /** A heading that it shares with its neighbours; without one it is empty. */
  readonly over: string
  readonly numeric: boolean
  /** Whether it says what a row is of. */
  readonly isKey: boolean
  /** Whether it is one of several columns that a pivot made of one. */
  readonly isPivoted: boolean
  /** Whether its text is printed only where it changes from row to row. */
  readonly isGrouped: boolean
  readonly cells: readonly string[]
  readonly values: readonly unknown[]
  /** How many characters at the start of each cell are bold: those of a best value. */
  readonly bold: readonly number[]
  /** What the intervals in its cells are made of, for formats that keep numbers apart. */
  readonly bounds: Field['bounds']
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
 * @throws RangeError when an option names a column that the table lacks, or does not fit the table.
 */
export function toGrid(source: TableSource, options: TableOptions = {}): Grid {
  const { rows, names } = readSource(source)
  const { pivot, best, caption = '' } = options
  checkNames(rows, names, options)
  const fields = pivot ? pivotFields(rows, pivot, options) : plainFields(rows, names, options)
  checkIntervals(fields, options)
  const groups = groupColumns(fields, options)
  const printed = fields.map((field): PrintedField => print(field, fields, options))
  const groupOf = rowGroups(fields, rows, options)
  const bold = best === undefined ? [] : bestCells(printed, best, { isPivoted: pivot !== undefined, groupOf })
  return {
    caption,
    rows: fields[0]?.values.length ?? rows.length,
    columns: printed.map((field, i) => ({
      heading: field.heading,
      over: field.over ?? '',
      numeric: field.numeric,
      isKey: field.isKey,
      isPivoted: pivot !== undefined && !field.isKey,
      isGrouped: groups.includes(field.source) && field.isKey,
      cells: field.printed.map((text, row) => text + behind(field, row, options)),
      values: field.values,
      bold: field.printed.map((text, row) => (bold[i]?.[row] ? text.length : 0)),
      bounds: field.bounds,
    })),
  }
}

/** Whether a cell's text is left out, since it stands above in the same group. */
export function isRepeated({ columns }: Grid, column: number, row: number): boolean {
  const own = columns[column]!
  const outer = columns.slice(0, column + 1).filter(({ isGrouped }) => isGrouped)
  return own.isGrouped && row > 0 && outer.every(({ cells }) => cells[row] === cells[row - 1])
}

/** Whether another group of rows begins here. */
export function startsGroup(grid: Grid, row: number): boolean {
  const first = grid.columns.findIndex(({ isGrouped }) => isGrouped)
  return first >= 0 && row > 0 && !isRepeated(grid, first, row)
}

/** Neighbouring columns with one heading above theirs, or none. */
export function spanners({ columns }: Grid): { over: string; from: number; count: number }[] {
  const found: { over: string; from: number; count: number }[] = []
  for (const [from, { over }] of columns.entries()) {
    const last = found.at(-1)
    if (last?.over === over) last.count += 1
    else found.push({ over, from, count: 1 })
  }
  return found
}

/** A column's heading with the one above it, for formats that have one line of headings. */
export const wholeHeading = ({ over, heading }: GridColumn): string =>
  over ? `${over}: ${heading}` : heading

function checkNames(rows: readonly Row[], names: readonly string[], options: TableOptions): void {
  const { columns = [], pivot, headings = {}, digits, intervals = {}, best, groups, thousands } = options
  if (pivot && options.columns)
    throw new RangeError('columns and pivot both choose the columns: leave one of them out')
  const headed = pivot ? rows.map((row) => formatValue(row[pivot.columns])) : []
  const named = [
    ...columns,
    ...(pivot ? pivotNames(pivot) : []),
    ...Object.keys(headings).filter((name) => !headed.includes(name)),
    ...(typeof digits === 'object' ? Object.keys(digits) : []),
    ...Object.keys(intervals),
    ...Object.values(intervals).flatMap(intervalNames),
    ...(typeof best === 'object' ? listOfNames(best.within) : []),
    ...listOfNames(groups),
    ...(typeof thousands === 'object' ? thousands : []),
  ]
  const unknown = [...new Set(named.filter((name) => !names.includes(name)))]
  if (unknown.length > 0) {
    throw new RangeError(`no column ${quoted(unknown)}: the table has ${names.join(', ') || 'no columns'}`)
  }
}

function checkIntervals(fields: readonly Field[], { intervals = {} }: TableOptions): void {
  const shown = fields.filter(({ isKey }) => !isKey).map(({ source }) => source)
  const hidden = Object.keys(intervals).find((name) => !shown.includes(name))
  if (hidden !== undefined)
    throw new RangeError(
      `intervals names "${hidden}", which is no column of numbers that is shown: there ${shown.length > 0 ? `are ${quoted([...new Set(shown)])}` : 'is none'}`,
    )
}

function groupColumns(fields: readonly Field[], { pivot, groups }: TableOptions): readonly string[] {
  if (groups === undefined) return pivot ? listOfNames(pivot.rows).slice(0, -1) : []
  const keys = fields.filter(({ isKey }) => isKey).map(({ source }) => source)
  const hidden = listOfNames(groups).find((name) => !keys.includes(name))
  if (hidden !== undefined)
    throw new RangeError(
      `groups names "${hidden}", which does not name rows of the table: these do: ${quoted(keys)}`,
    )
  return listOfNames(groups)
}

/** Which group of `best.within` a row belongs to. */
function rowGroups(fields: readonly Field[], rows: readonly Row[], { pivot, best }: TableOptions) {
  const names = typeof best === 'object' ? listOfNames(best.within) : []
  const keys = fields.filter(({ isKey }) => isKey)
  const foreign = pivot && names.find((name) => !keys.some(({ source }) => source === name))
  if (foreign !== undefined)
    throw new RangeError(
      `best is within "${foreign}", which does not name rows of the pivot: these do: ${quoted(keys.map(({ source }) => source))}`,
    )
  const value = (name: string, row: number) =>
    pivot ? keys.find(({ source }) => source === name)?.values[row] : rows[row]?.[name]
  return (row: number) => JSON.stringify(names.map((name) => formatValue(value(name, row))))
}

/** A column as text, without intervals. What comes from one column of the rows has one number of digits. */
function print(field: Field, fields: readonly Field[], options: TableOptions): PrintedField {
  const values = fields.filter(({ source }) => source === field.source).flatMap(({ values }) => values)
  const present = values.filter((value) => value !== null && value !== undefined)
  const numbers = present.filter((value): value is number => typeof value === 'number')
  const numeric = present.length > 0 && numbers.length === present.length
  if (!numeric && options.intervals?.[field.source])
    throw new RangeError(`intervals names "${field.source}", which is no column of numbers`)
  const format = numeric ? numberFormat(field.source, numbers, options) : formatValue
  return { ...field, numeric, printed: field.values.map((value) => format(value)) }
}

function numberFormat(source: string, numbers: readonly number[], { digits, thousands }: TableOptions) {
  const places = (typeof digits === 'object' ? digits[source] : digits) ?? commonPlaces(numbers)
  if (places !== null && !(Number.isInteger(places) && places >= 0 && places <= 20))
    throw new RangeError(`digits of "${source}" is ${places}: it must be a whole number from 0 to 20`)
  const isGrouped =
    typeof thousands === 'object' ? thousands.includes(source) : (thousands ?? !isName(source))
  return (value: unknown): string => {
    const text =
      typeof value === 'number' && places !== null ? formatFixed(value, places) : formatValue(value)
    return isGrouped ? groupThousands(text) : text
  }
}

/** Whether numbers of this column are names, which have no thousands. */
const isName = (source: string): boolean => /^(year|seed|id|index)$/i.test(source)

function behind(field: PrintedField, row: number, options: TableOptions): string {
  const interval = options.intervals?.[field.source]
  const value = field.values[row]
  if (!interval || field.isKey || typeof value !== 'number') return ''
  const numbers = field.values.filter((value): value is number => typeof value === 'number')
  const bounds = field.bounds.map(({ values }) => values[row])
  return intervalText(field.source, interval, value, bounds, numberFormat(field.source, numbers, options))
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
