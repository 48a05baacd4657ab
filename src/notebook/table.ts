import { display, type MimeBundle } from './display.js'
import { toGrid } from './grid.js'
import { toLatex } from './latex.js'
import { toCsv, toMarkdown, toPlainText } from './table-formats.js'
import { type Copies, toHtml } from './table-html.js'
import type { TableOptions } from './table-options.js'
import type { TableSource } from './table-source.js'

/** A longer table is copied as it is shown, so that the notebook does not hold all of it. */
const mostCopiedRows = 500

/**
 * Shows an arquero table or an array of rows as a table, of which at most `limit` rows (50 by default).
 *
 * @throws RangeError when an option names a column that the table lacks, or does not fit the table.
 * @example
 * showTable(
 *   [
 *     { network: 'Deep', method: 'SA', cosine: 0.762 },
 *     { network: 'Deep', method: 'DTD', cosine: 0.686 },
 *   ],
 *   { pivot: { rows: 'network', columns: 'method', values: 'cosine' }, best: { is: 'highest', of: 'row' } },
 * )
 */
export function showTable(
  source: TableSource,
  { limit = 50, ...options }: TableOptions & { readonly limit?: number } = {},
): void {
  display(tableBundle(source, { limit, ...options }))
}

/**
 * A table in every form that a viewer may show.
 *
 * @param options `rows`: how many the table has, of which the source holds the first only; all of them by default
 */
export function tableBundle(
  source: TableSource,
  { limit, rows: all, ...options }: TableOptions & { readonly limit: number; readonly rows?: number },
): MimeBundle {
  if (!(limit >= 1)) throw new RangeError(`limit is ${limit}: it must be a number of rows of at least 1`)
  const whole = toGrid(source, options)
  const grid = { ...whole, rows: all ?? whole.rows }
  const copied = grid.rows <= mostCopiedRows ? grid.rows : limit
  const rows = copied < grid.rows ? ` of ${copied} rows` : ''
  const copies: Copies = {
    [`CSV${rows}`]: toCsv(grid, copied),
    [`LaTeX${rows}`]: toLatex(grid, { limit: copied }),
    [`Markdown${rows}`]: toMarkdown(grid, copied),
  }
  return {
    'text/html': toHtml(grid, { limit, copies: grid.columns.length > 0 ? copies : {} }),
    'text/markdown': toMarkdown(grid, limit),
    'text/plain': toPlainText(grid, limit),
  }
}
