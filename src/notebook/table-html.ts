import { escapeHtml } from './display.js'
import { type Grid, type GridColumn, isRepeated, spanners } from './grid.js'
import { moreRows, rowNumbers } from './table-formats.js'
import { tableScript } from './table-script.js'

/** What a table can be copied as, by the name of the format. */
export type Copies = Readonly<Record<string, string>>

/**
 * The table as HTML, showing at most `limit` rows. Where scripts run, whether or not there is a kernel, it is sorted by its headings,
 * filtered by a text and copied as other formats; everywhere else it is a plain table.
 *
 * @param below what stands below the table; links that `copyLink` made are copied by buttons too
 */
export function toHtml(
  grid: Grid,
  {
    limit = Number.POSITIVE_INFINITY,
    copies = {},
    below = '',
  }: { limit?: number; copies?: Copies; below?: string } = {},
): string {
  const caption = grid.caption && `<caption style="text-align:left">${escapeHtml(grid.caption)}</caption>`
  const body = rowNumbers(grid, limit).map(
    (row) => `<tr>${grid.columns.map((_, i) => bodyCell(grid, i, row)).join('')}</tr>`,
  )
  const hidden = moreRows(grid, limit) && `<p><small>${moreRows(grid, limit)}</small></p>`
  const table = `<table>${caption}<thead>${head(grid)}</thead><tbody>${body.join('')}</tbody></table>${hidden}`
  const data =
    Object.keys(copies).length > 0 ? `<script type="application/json">${inScript(copies)}</script>` : ''
  return `<div class="thesis-table">${table}${below}${data}<script>${tableScript()}</script></div>`
}

const alignment = ({ numeric }: GridColumn): string => `style="text-align:${numeric ? 'right' : 'left'}"`

function head(grid: Grid): string {
  const headings = grid.columns.map(
    (column) => `<th scope="col" ${alignment(column)}>${escapeHtml(column.heading)}</th>`,
  )
  const over = spanners(grid).map(({ over, count }) =>
    over
      ? `<th scope="colgroup" colspan="${count}" style="text-align:center;border-bottom:1px solid var(--jp-border-color1,currentColor)">${escapeHtml(over)}</th>`
      : `<td colspan="${count}"></td>`,
  )
  const isSpanned = grid.columns.some(({ over }) => over !== '')
  return `${isSpanned ? `<tr>${over.join('')}</tr>` : ''}<tr>${headings.join('')}</tr>`
}

function bodyCell(grid: Grid, i: number, row: number): string {
  const column = grid.columns[i]!
  const [text, bold] = [column.cells[row]!, column.bold[row]!]
  const content =
    bold > 0 ? `<b>${escapeHtml(text.slice(0, bold))}</b>${escapeHtml(text.slice(bold))}` : escapeHtml(text)
  const style = [
    `text-align:${column.numeric ? 'right' : 'left'}`,
    ...(column.isKey ? ['font-weight:normal'] : []),
    // Unseen, but there for screen readers, and for viewers that take styles away.
    ...(isRepeated(grid, i, row) ? ['opacity:0'] : []),
  ].join(';')
  const value = column.values[row]
  const exact =
    column.numeric && typeof value === 'number' && String(value) !== text ? ` data-value="${value}"` : ''
  const group = column.isGrouped ? ' data-group' : ''
  return column.isKey
    ? `<th scope="row"${group}${exact} style="${style}">${content}</th>`
    : `<td${exact} style="${style}">${content}</td>`
}

/** JSON that cannot end the script that it stands in. */
const inScript = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c')
