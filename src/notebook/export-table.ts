import { writeTogether } from '../files/write-together.js'
import { type About, aboutExport, withoutVersion } from './about.js'
import { display, escapeHtml } from './display.js'
import { embeddedLink, foldedSource, openLink } from './download-links.js'
import { keepEarlier } from './earlier-export.js'
import { toGrid } from './grid.js'
import { toLatex } from './latex.js'
import { type FitOptions, fitTable } from './latex-fit.js'
import { projectPath, resultPath } from './results.js'
import { csvMetadata, latexComments, markdownComment } from './table-about.js'
import { csvColumns, toCsv, toMarkdown, toPlainText } from './table-formats.js'
import { toHtml } from './table-html.js'
import type { TableOptions } from './table-options.js'
import type { TableSource } from './table-source.js'

/** An exported table is shown in full up to this many rows. */
const shownRows = 50

/** How a table is named in a document, and where that is printed. */
export interface LatexOptions extends FitOptions {
  /** Name for `\ref`, such as "tab:cosine"; letters, digits and - : . _ */
  readonly label?: string
}

export interface TableExport extends TableOptions, LatexOptions {
  /** What its files say of how it was made, beside what is known. Default: nothing more. */
  readonly about?: About
}

/**
 * Writes a table to `results/tables` and shows it with links to the files: `<name>.csv` with plain numbers at full precision and
 * `<name>.csv-metadata.json`, which says what they are; `<name>.tex` and `<name>.md` as shown. What other parameters made under the name is kept beside. With a caption or a label the LaTeX is a
 * whole `table`, otherwise only its `tabular`; it needs the package booktabs, and graphicx where a table is scaled.
 *
 * @throws RangeError when `name` is no plain file name, an option does not fit the table, or the table its venue.
 * @example
 * const rows = [
 *   { dataset: 'MNIST', network: 'Deep', method: 'SA', cosine: 0.762, low: 0.758, high: 0.766 },
 *   { dataset: 'MNIST', network: 'Deep', method: 'DTD', cosine: 0.686, low: 0.681, high: 0.691 },
 *   { dataset: 'MNIST', network: 'R-LSTM', method: 'SA', cosine: 0.887, low: 0.884, high: 0.889 },
 *   { dataset: 'MNIST', network: 'R-LSTM', method: 'DTD', cosine: 0.928, low: 0.926, high: 0.931 },
 * ]
 * exportTable(rows, 'cosine', {
 *   pivot: { rows: ['dataset', 'network'], columns: 'method', values: 'cosine' },
 *   intervals: { cosine: { low: 'low', high: 'high' } },
 *   best: { is: 'highest', within: 'dataset' },
 *   digits: 3,
 *   caption: 'Mean cosine similarity with its 95 % interval',
 *   label: 'tab:cosine',
 *   venue: 'neurips',
 *   about: { n: 10_000 },
 * })
 */
export function exportTable(
  source: TableSource,
  name: string,
  { label, venue, fit, about: told = {}, ...options }: TableExport = {},
): void {
  const grid = toGrid(source, options)
  const fitted = fitTable(grid, { ...(venue ? { venue } : {}), ...(fit ? { fit } : {}) })
  const about = aboutExport(told, grid.caption ? { title: grid.caption } : {})
  const packages = fitted.layout.isScaled
    ? '\\usepackage{booktabs} and \\usepackage{graphicx}'
    : '\\usepackage{booktabs}'
  const note = fitted.note && `% ${fitted.note}\n`
  const body = note + toLatex(grid, { ...fitted.layout, ...(label === undefined ? {} : { label }) })
  const latex = (said: Readonly<Record<string, unknown>>) =>
    `% Needs ${packages}.\n${latexComments(said)}${body}`
  const csv = toCsv(grid)
  const markdown = (said: Readonly<Record<string, unknown>>) =>
    `${toMarkdown(grid)}\n${markdownComment(said)}`
  // The copies that a notebook holds do not change with every commit.
  const lasting = withoutVersion(about)
  const files = [
    { format: 'CSV', type: 'text/csv', end: 'csv', content: csv, copy: csv },
    { format: 'LaTeX', type: 'text/x-tex', end: 'tex', content: latex(about), copy: latex(lasting) },
    {
      format: 'Markdown',
      type: 'text/markdown',
      end: 'md',
      content: markdown(about),
      copy: markdown(lasting),
    },
  ].map((file) => ({
    ...file,
    name: `${name}.${file.end}`,
    path: resultPath('tables', `${name}.${file.end}`),
  }))
  const kept = keepEarlier(resultPath('tables', name), about.parameters)
  writeTogether([
    ...files.map(({ path, content }) => [path, content] as const),
    [resultPath('tables', `${name}.csv-metadata.json`), csvMetadata(`${name}.csv`, csvColumns(grid), about)],
  ])

  const links = files.map(({ name, type, copy, format }) => embeddedLink(name, type, copy, format))
  const also = kept && `. ${kept}`
  const saved = `Saved as ${files.map(({ path }) => projectPath(path)).join(', ')}${also}`
  const width = fitted.note && `${fitted.isTooWide ? '⚠ ' : ''}${fitted.note}`
  const below =
    `<p>${links.join(' · ')}<br><small>Saved as ${files.map(({ path }) => openLink(path)).join(', ')}${escapeHtml(also)}</small></p>` +
    (width && `<p><small>${width}</small></p>`) +
    foldedSource(latex(lasting), 'LaTeX')
  display({
    'text/html': toHtml(grid, { limit: shownRows, below }),
    'text/markdown': `${toMarkdown(grid, shownRows)}\n\n${saved}${width && `\n\n${width}`}`,
    'text/plain': `${toPlainText(grid, shownRows)}\n${saved}${width && `\n${width}`}`,
  })
}
