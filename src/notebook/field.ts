import { intervalNames } from './interval.js'
import { listOfNames } from './names.js'
import type { TableOptions } from './table-options.js'
import type { Row } from './table-source.js'

/** A column of a table before its values are text. */
export interface Field {
  /** The column of the rows that it comes from. */
  readonly source: string
  readonly heading: string
  /** A heading that it shares with its neighbours. */
  readonly over?: string
  /** Whether it says what a row is of. */
  readonly isKey: boolean
  readonly values: readonly unknown[]
  /** What its interval is made of. */
  readonly bounds: readonly { readonly name: string; readonly values: readonly unknown[] }[]
}

/** The columns of a table as the rows have them. */
export function plainFields(rows: readonly Row[], names: readonly string[], options: TableOptions): Field[] {
  const { columns, headings = {}, intervals = {}, groups } = options
  const ends = Object.values(intervals).flatMap(intervalNames)
  const shown = columns ?? names.filter((name) => !ends.includes(name))
  const grouped = listOfNames(groups)
  return shown.map((source, i) => {
    const valuesOf = (name: string) => rows.map((row) => row[name])
    const values = valuesOf(source)
    const interval = intervals[source]
    const isText = values.some((value) => typeof value === 'string')
    return {
      source,
      heading: headings[source] ?? source,
      isKey: grouped.includes(source) || (i === 0 && isText),
      values,
      bounds: interval ? intervalNames(interval).map((name) => ({ name, values: valuesOf(name) })) : [],
    }
  })
}
