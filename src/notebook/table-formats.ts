import { escapeHtml } from './display.js'
import type { Grid, GridColumn } from './grid.js'

/** The table as HTML that follows the viewer's theme, showing at most `limit` rows. */
export function toHtml(grid: Grid, limit: number = Number.POSITIVE_INFINITY): string {
  const cell = (tag: string, { numeric }: GridColumn, text: string) =>
    `<${tag} style="text-align:${numeric ? 'right' : 'left'}">${escapeHtml(text)}</${tag}>`
  const caption = grid.caption && `<caption style="text-align:left">${escapeHtml(grid.caption)}</caption>`
  const head = grid.columns.map((column) => cell('th', column, column.heading)).join('')
  const body = rowNumbers(grid, limit).map(
    (row) => `<tr>${grid.columns.map((column) => cell('td', column, column.cells[row]!)).join('')}</tr>`,
  )
  const hidden = more(grid, limit) && `<p><small>${more(grid, limit)}</small></p>`
  return `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${hidden}`
}

/** The table in GitHub's Markdown. */
export function toMarkdown(grid: Grid, limit: number = Number.POSITIVE_INFINITY): string {
  const plain = (text: string) => text.replace(/[\\|<*_`]/g, '\\$&').replace(/\r?\n/g, ' ')
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    ...(grid.caption ? [plain(grid.caption), ''] : []),
    line(grid.columns.map(({ heading }) => plain(heading))),
    line(grid.columns.map(({ numeric }) => (numeric ? '---:' : '---'))),
    ...rowNumbers(grid, limit).map((row) => line(grid.columns.map(({ cells }) => plain(cells[row]!)))),
    ...(more(grid, limit) ? ['', more(grid, limit)] : []),
  ].join('\n')
}

/** The table in aligned columns for a terminal. */
export function toPlainText(grid: Grid, limit: number = Number.POSITIVE_INFINITY): string {
  const shown = rowNumbers(grid, limit)
  const columns = grid.columns.map(({ heading, numeric, cells }) => {
    const texts = [heading, ...shown.map((row) => cells[row]!.replace(/\r?\n/g, ' '))]
    const width = Math.max(...texts.map((text) => text.length))
    return texts.map((text) => (numeric ? text.padStart(width) : text.padEnd(width)))
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
    ...(more(grid, limit) ? [more(grid, limit)] : []),
  ].join('\n')
}

/** The table as comma-separated values at full precision (RFC 4180, lines ending in a line feed). */
export function toCsv(grid: Grid): string {
  const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const raw = (column: GridColumn, row: number) =>
    typeof column.values[row] === 'number' ? String(column.values[row]) : column.cells[row]!
  const lines = [
    grid.columns.map(({ heading }) => heading),
    ...rowNumbers(grid).map((row) => grid.columns.map((column) => raw(column, row))),
  ]
  return lines.map((cells) => `${cells.map(quote).join(',')}\n`).join('')
}

function rowNumbers(grid: Grid, limit: number = Number.POSITIVE_INFINITY): number[] {
  return Array.from({ length: Math.min(grid.rows, limit) }, (_, row) => row)
}

const more = ({ rows }: Grid, limit: number): string =>
  rows > limit ? `… and ${rows - limit} more of ${rows} rows` : ''
