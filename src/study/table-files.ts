import type { BasicType } from 'hyparquet-writer'
import { parquetWriteBuffer } from 'hyparquet-writer'

/** A column of a table: what it holds, for readers of the file and of the data dictionary. */
export interface Column {
  readonly name: string
  readonly type: BasicType
  readonly meaning: string
}

type Row = Readonly<Record<string, unknown>>

/** A table's columns by name, as Parquet, as pandas, R, DuckDB and hyparquet read it; the same values give the same bytes. */
export function parquetOf(
  values: Readonly<Record<string, readonly unknown[]>>,
  columns: readonly Column[],
  about: Readonly<Record<string, string>>,
): Uint8Array {
  const columnData = columns.map(({ name, type }) => ({ name, type, data: values[name] as unknown[] }))
  const kvMetadata = Object.entries(about).map(([key, value]) => ({ key, value }))
  return new Uint8Array(
    parquetWriteBuffer({ columnData, kvMetadata, createdBy: 'executable-thesis', rowGroupSize: 100_000 }),
  )
}

/** The columns of rows; what a row lacks is null. */
export const columnsOfRows = (
  rows: readonly Row[],
  columns: readonly Column[],
): Record<string, readonly unknown[]> =>
  Object.fromEntries(columns.map(({ name }) => [name, rows.map((row) => row[name] ?? null)]))

/** A table as CSV by RFC 4180, with numbers as JavaScript writes them, which other programs read back exactly; null is empty. */
export function csvOf(rows: readonly Row[], columns: readonly Column[]): string {
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map(({ name }) => cellOf(row[name]))),
  ]
  return lines.map((line) => `${line.join(',')}\n`).join('')
}

function cellOf(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A data dictionary as a page of Markdown. */
export const dictionaryOf = (title: string, columns: readonly Column[]): string =>
  [
    `## ${title}`,
    '',
    '| column | type | meaning |',
    '|---|---|---|',
    ...columns.map(({ name, type, meaning }) => `| \`${name}\` | ${type} | ${meaning} |`),
    '',
  ].join('\n')
