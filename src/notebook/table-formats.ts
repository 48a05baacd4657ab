import { csvText, csvValue } from './csv-value.js'
import { groupThousands } from './format-number.js'
import { type Grid, type GridColumn, isRepeated, wholeHeading } from './grid.js'

/** The table in GitHub's Markdown. */
export function toMarkdown(grid: Grid, limit: number = Number.POSITIVE_INFINITY): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rows = rowNumbers(grid, limit).map((row) =>
    line(grid.columns.map((column, i) => (isRepeated(grid, i, row) ? '' : markdownCell(column, row)))),
  )
  return [
    ...(grid.caption ? [plain(grid.caption), ''] : []),
    line(grid.columns.map((column) => plain(wholeHeading(column)))),
    line(grid.columns.map(({ numeric }) => (numeric ? '---:' : '---'))),
    ...rows,
    ...(moreRows(grid, limit) ? ['', moreRows(grid, limit)] : []),
  ].join('\n')
}

const plain = (text: string): string => text.replace(/[\\|<*_`]/g, '\\$&').replace(/\r?\n/g, ' ')

function markdownCell({ cells, bold }: GridColumn, row: number): string {
  const [text, length] = [cells[row]!, bold[row]!]
  return length > 0 ? `**${plain(text.slice(0, length))}**${plain(text.slice(length))}` : plain(text)
}

/** The table in aligned columns for a terminal. */
export function toPlainText(grid: Grid, limit: number = Number.POSITIVE_INFINITY): string {
  const shown = rowNumbers(grid, limit)
  const columns = grid.columns.map((column, i) => {
    const cells = shown.map((row) =>
      isRepeated(grid, i, row) ? '' : column.cells[row]!.replace(/\r?\n/g, ' '),
    )
    const texts = [wholeHeading(column), ...cells]
    const width = Math.max(...texts.map((text) => text.length))
    return texts.map((text) => (column.numeric ? text.padStart(width) : text.padEnd(width)))
  })
  const lines = [-1, ...shown].map((_, i) =>
    columns
      .map((column) => column[i]!)
      .join('  ')
      .trimEnd(),
  )
  return [
    ...(grid.caption ? [grid.caption] : []),
    ...lines,
    ...(moreRows(grid, limit) ? [moreRows(grid, limit)] : []),
  ].join('\n')
}

/**
 * The table as comma-separated values (RFC 4180, lines ending in a line feed): numbers as {@link csvValue} writes them, each in a column
 * of its own, the ends of an interval too; names of groups in every row.
 */
export function toCsv(grid: Grid, limit: number = Number.POSITIVE_INFINITY): string {
  const columns = csvColumns(grid)
  return csvText([
    columns.map(({ heading }) => heading),
    ...rowNumbers(grid, limit).map((row) => columns.map(({ values }) => csvValue(values[row]))),
  ])
}

/** The columns of the table as CSV. */
export const csvColumns = (
  grid: Grid,
): { heading: string; isNumeric: boolean; values: readonly unknown[] }[] =>
  grid.columns.flatMap((column) => [
    { heading: wholeHeading(column), isNumeric: column.numeric, values: column.values },
    ...column.bounds.map(({ name, values }) => ({
      heading: boundHeading(column, name),
      isNumeric: true,
      values,
    })),
  ])

/** An interval's end has the name of its column, of a pivot behind that of what the column is of. */
const boundHeading = (column: GridColumn, name: string): string =>
  column.isPivoted ? `${wholeHeading(column)} ${name}` : name

/** The numbers of the rows that are shown. */
export function rowNumbers(grid: Grid, limit: number = Number.POSITIVE_INFINITY): number[] {
  return Array.from({ length: Math.min(grid.rows, limit) }, (_, row) => row)
}

/** A word on rows that are not shown; empty where all are. */
export const moreRows = ({ rows }: Grid, limit: number): string =>
  rows > limit
    ? `… and ${groupThousands(String(rows - limit))} more of ${groupThousands(String(rows))} rows`
    : ''
