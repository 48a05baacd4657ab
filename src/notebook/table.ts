import { display } from './display.js'
import { type TableOptions, type TableSource, toGrid } from './grid.js'
import { toHtml, toMarkdown, toPlainText } from './table-formats.js'

/**
 * Shows an arquero table or an array of rows as a table, of which at most `limit` rows (50 by default).
 *
 * @throws RangeError when an option names a column that the table lacks.
 */
export function showTable(
  source: TableSource,
  { limit = 50, ...options }: TableOptions & { readonly limit?: number } = {},
): void {
  const grid = toGrid(source, options)
  display({
    'text/html': toHtml(grid, limit),
    'text/markdown': toMarkdown(grid, limit),
    'text/plain': toPlainText(grid, limit),
  })
}
