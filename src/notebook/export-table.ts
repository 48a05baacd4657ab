import { display } from './display.js'
import { embeddedLink, foldedSource, openLink } from './download-links.js'
import { type TableOptions, type TableSource, toGrid } from './grid.js'
import { type LatexOptions, toLatex } from './latex.js'
import { projectPath, resultPath, writeResult } from './results.js'
import { toCsv, toHtml, toMarkdown, toPlainText } from './table-formats.js'

/** An exported table is shown in full up to this many rows. */
const shownRows = 50

/**
 * Writes a table to `results/tables/<name>.csv` at full precision and `<name>.tex` as shown, and shows it with links to
 * both; with a caption or a label the LaTeX is a whole `table`, otherwise only its `tabular`.
 *
 * @throws RangeError when `name` is no plain file name, the label is malformed or an option names an unknown column.
 */
export function exportTable(
  source: TableSource,
  name: string,
  { label, ...options }: TableOptions & LatexOptions = {},
): void {
  const grid = toGrid(source, options)
  const csv = toCsv(grid)
  const latex = `% Needs \\usepackage{booktabs}.\n${toLatex(grid, { label })}`
  const paths = { csv: resultPath('tables', `${name}.csv`), latex: resultPath('tables', `${name}.tex`) }
  writeResult(paths.csv, csv)
  writeResult(paths.latex, latex)
  const written = Object.values(paths)
  const links = [
    embeddedLink(`${name}.csv`, 'text/csv', csv, 'Download CSV'),
    embeddedLink(`${name}.tex`, 'text/x-tex', latex, 'Download LaTeX'),
  ]
  const saved = `Saved as ${written.map(projectPath).join(', ')}`
  display({
    'text/html':
      `${toHtml(grid, shownRows)}<p>${links.join(' · ')}<br><small>Saved as ${written.map(openLink).join(', ')}</small></p>` +
      foldedSource(latex, 'LaTeX'),
    'text/markdown': `${toMarkdown(grid, shownRows)}\n\n${saved}`,
    'text/plain': `${toPlainText(grid, shownRows)}\n${saved}`,
  })
}
