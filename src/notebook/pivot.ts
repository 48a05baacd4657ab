import type { Field } from './field.js'
import { formatValue } from './format-value.js'
import { intervalNames } from './interval.js'
import { listOfNames } from './names.js'
import type { Pivot, TableOptions } from './table-options.js'
import type { Row } from './table-source.js'

/** All columns that a pivot names. */
export const pivotNames = ({ rows, columns, values }: Pivot): readonly string[] => [
  ...listOfNames(rows),
  columns,
  ...listOfNames(values),
]

/**
 * The columns of a pivoted table: those that name its rows, and for each value one for everything that its columns are of, in the
 * order in which rows name them.
 *
 * @throws RangeError when a column is named twice or a place of the table has two rows
 */
export function pivotFields(rows: readonly Row[], pivot: Pivot, options: TableOptions): Field[] {
  const { headings = {}, intervals = {} } = options
  const [keys, values] = [listOfNames(pivot.rows), listOfNames(pivot.values)]
  checkPivot(pivot)
  const heading = (name: string) => headings[name] ?? name
  const byRow = new Map<string, Map<string, Row>>()
  const columns = new Map<string, string>()
  for (const row of rows) {
    const [place, column] = [identity(keys.map((key) => row[key])), identity([row[pivot.columns]])]
    const cells = byRow.get(place) ?? new Map<string, Row>()
    if (cells.has(column)) throw new RangeError(twice(row, [...keys, pivot.columns]))
    byRow.set(place, cells.set(column, row))
    columns.set(column, formatValue(row[pivot.columns]))
  }
  const lines = [...byRow.values()]
  const first = lines.map((cells) => cells.values().next().value!)
  return [
    ...keys.map(
      (key): Field => ({
        source: key,
        heading: heading(key),
        isKey: true,
        values: first.map((row) => row[key]),
        bounds: [],
      }),
    ),
    ...values.flatMap((value) =>
      [...columns].map(([column, name]): Field => {
        const own = (source: string) => lines.map((cells) => cells.get(column)?.[source])
        const interval = intervals[value]
        return {
          source: value,
          heading: heading(name),
          ...(values.length > 1 ? { over: heading(value) } : {}),
          isKey: false,
          values: own(value),
          bounds: interval ? intervalNames(interval).map((name) => ({ name, values: own(name) })) : [],
        }
      }),
    ),
  ]
}

function checkPivot(pivot: Pivot): void {
  const [rows, values] = [listOfNames(pivot.rows), listOfNames(pivot.values)]
  if (rows.length === 0 || values.length === 0)
    throw new RangeError('a pivot needs at least one column in rows and one in values')
  const names = pivotNames(pivot)
  const doubled = names.find((name, i) => names.indexOf(name) < i)
  if (doubled !== undefined)
    throw new RangeError(
      `the pivot names "${doubled}" twice: its rows, columns and values must be different columns`,
    )
}

const twice = (row: Row, names: readonly string[]): string =>
  `the pivot has two rows for ${names.map((name) => `${name} "${formatValue(row[name])}"`).join(', ')}: ` +
  'one is allowed, so name another column in rows, or filter or average the rows'

/** Tells values apart, of which 1 and "1" are two. */
const identity = (values: readonly unknown[]): string =>
  JSON.stringify(values.map((value) => [typeof value, formatExact(value)]))

const formatExact = (value: unknown): string =>
  typeof value === 'number' ? String(value) : formatValue(value)
