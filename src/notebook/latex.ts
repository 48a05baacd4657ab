import { escapeLatex } from './escape-latex.js'
import { type Grid, type GridColumn, spanners, startsGroup } from './grid.js'
import { latexRow, latexSpan } from './latex-cell.js'

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
    return text(settings.length > 0 ? grouped([...settings, ...tabular]) : tabular)
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

/** Lines in a group of their own; the end of a line would be a space beside the table. */
const grouped = (lines: readonly string[]): string[] => [
  '{%',
  ...indented(lines).map((line, i) => (line.endsWith('}') && outside(lines, i) ? `${line}%` : line)),
  '}',
]

/** Whether a line is none of those within the table. */
const outside = (lines: readonly string[], i: number): boolean =>
  i < lines.findIndex((line) => line.startsWith('\\begin')) || i === lines.length - 1

const scaled = ({ isScaled }: LatexLayout, tabular: readonly string[]): readonly string[] =>
  isScaled
    ? ['\\resizebox{\\linewidth}{!}{%', ...indented(tabular).slice(0, -1), `  ${tabular.at(-1)}%`, '}']
    : tabular

function tabularOf(grid: Grid, { isStretched, limit = grid.rows }: LatexLayout): string[] {
  const columns = grid.columns.map((column) => specification(column, isStretched ?? false)).join('')
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
      line(grid.columns.map(heading)),
      '\\midrule',
      ...rows.flat(),
      '\\bottomrule',
    ]),
    end,
  ]
}

function specification(column: GridColumn, isStretched: boolean): string {
  if (latexSpan(column) === 1) return column.numeric ? 'r' : 'l'
  // What is stretched is the space between columns, not that before an interval.
  return isStretched ? 'r@{\\extracolsep{0pt}\\ }l@{\\extracolsep{\\fill}}' : 'r@{\\ }l'
}

const heading = (column: GridColumn): string =>
  latexSpan(column) === 1
    ? escapeLatex(column.heading)
    : `\\multicolumn{2}{c}{${escapeLatex(column.heading)}}`

function headingsAbove(grid: Grid): string[] {
  const groups = spanners(grid)
  if (groups.every(({ over }) => over === '')) return []
  const span = (from: number, count: number) =>
    grid.columns.slice(from, from + count).reduce((sum, column) => sum + latexSpan(column), 0)
  const cells = groups.flatMap(({ over, from, count }) =>
    over
      ? [`\\multicolumn{${span(from, count)}}{c}{${escapeLatex(over)}}`]
      : Array.from({ length: count }, () => ''),
  )
  const rules = groups
    .filter(({ over }) => over !== '')
    .map(({ from, count }) => `\\cmidrule(lr){${span(0, from) + 1}-${span(0, from + count)}}`)
  return [line(cells), rules.join(' ')]
}
