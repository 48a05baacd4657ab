import { escapeLatex } from './escape-latex.js'
import { type Grid, spanners, startsGroup } from './grid.js'
import { latexRow } from './latex-cell.js'

/** How a table is set. */
export interface LatexLayout {
  /** Type size. Default: that of the text. */
  readonly size?: 'small' | 'footnotesize' | 'scriptsize'
  /** Whether it is as wide as the text, with as much space between its columns as that takes; false by default. */
  readonly isStretched?: boolean
  /** Whether it is scaled to the width of the text, letters too; false by default. */
  readonly isScaled?: boolean
  /** Whether it goes across both columns of a page; false by default. */
  readonly isAcross?: boolean
  /** Name for `\ref`, such as "tab:cosine". */
  readonly label?: string
  /** How many rows it has at most; all by default. */
  readonly limit?: number
}

/**
 * The table in LaTeX with the rules of the booktabs package: a `tabular`, and around it a `table` when there is a
 * caption or a label.
 *
 * @throws RangeError when the label holds characters that break `\ref`.
 */
export function toLatex(grid: Grid, { label, ...layout }: LatexLayout = {}): string {
  if (label !== undefined && !/^[\w:.-]+$/.test(label)) {
    throw new RangeError(`label is "${label}": only letters, digits and - : . _ are allowed`)
  }
  const tabular = scaled(layout, tabularOf(grid, layout))
  const settings = [
    ...(layout.size ? [`\\${layout.size}`] : []),
    ...(layout.isStretched ? ['\\setlength{\\tabcolsep}{0pt}'] : []),
  ]
  if (!grid.caption && label === undefined)
    return text(settings.length > 0 ? ['{', ...indented([...settings, ...tabular]), '}'] : tabular)
  const environment = layout.isAcross ? 'table*' : 'table'
  return text([
    `\\begin{${environment}}`,
    ...indented([
      '\\centering',
      ...(grid.caption ? [`\\caption{${escapeLatex(grid.caption)}}`] : []),
      ...(label === undefined ? [] : [`\\label{${label}}`]),
      ...settings,
      ...tabular,
    ]),
    `\\end{${environment}}`,
  ])
}

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`
const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)
const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`

const scaled = ({ isScaled }: LatexLayout, tabular: readonly string[]): readonly string[] =>
  isScaled ? ['\\resizebox{\\linewidth}{!}{%', ...indented(tabular), '}'] : tabular

function tabularOf(grid: Grid, { isStretched, limit = grid.rows }: LatexLayout): string[] {
  const columns = grid.columns.map(({ numeric }) => (numeric ? 'r' : 'l')).join('')
  const [begin, end] = isStretched
    ? [`\\begin{tabular*}{\\linewidth}{@{\\extracolsep{\\fill}}${columns}@{}}`, '\\end{tabular*}']
    : [`\\begin{tabular}{${columns}}`, '\\end{tabular}']
  const rows = Array.from({ length: Math.min(limit, grid.rows) }, (_, row) => [
    ...(startsGroup(grid, row) ? ['\\addlinespace'] : []),
    line(latexRow(grid, row)),
  ])
  return [
    begin,
    ...indented([
      '\\toprule',
      ...headingsAbove(grid),
      line(grid.columns.map(({ heading }) => escapeLatex(heading))),
      '\\midrule',
      ...rows.flat(),
      '\\bottomrule',
    ]),
    end,
  ]
}

function headingsAbove(grid: Grid): string[] {
  const groups = spanners(grid)
  const named = groups.filter(({ over }) => over !== '')
  if (named.length === 0) return []
  const cells = groups.flatMap(({ over, count }) =>
    over ? [`\\multicolumn{${count}}{c}{${escapeLatex(over)}}`] : Array.from({ length: count }, () => ''),
  )
  const rules = named.map(({ from, count }) => `\\cmidrule(lr){${from + 1}-${from + count}}`)
  return [line(cells), rules.join(' ')]
}
