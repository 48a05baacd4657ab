import { escapeLatex } from './escape-latex.js'
import { type Grid, type GridColumn, isRepeated } from './grid.js'

const NUMBER = /(−?\d+(?:,\d{3})*(?:\.\d+)?(?:e−?\d+)?|−?∞)/

/** How many of LaTeX's columns a column is: the interval of a number stands in one of its own, so that the numbers stay aligned. */
export const latexSpan = ({ bounds }: GridColumn): 1 | 2 => (bounds.length > 0 ? 2 : 1)

/** A formatted number apart from its interval. */
export const withoutInterval = ({ cells }: GridColumn, row: number): [number: string, interval: string] => {
  const [number = '', ...interval] = cells[row]!.split(' ')
  return [number, interval.join(' ')]
}

/** The cells of one row in LaTeX, in the order of the columns; a name that stands above in its group is left out. */
export const latexRow = (grid: Grid, row: number): string[] =>
  grid.columns.flatMap((column, i) => (isRepeated(grid, i, row) ? [''] : latexCells(column, row)))

/**
 * A cell in LaTeX, or two: signs and powers of ten are mathematics, a best value is bold, and a number with fewer digits behind the
 * point than others of its column ends as far from the right, so that the points are aligned without a package.
 */
function latexCells(column: GridColumn, row: number): string[] {
  if (!column.numeric) return [escapeLatex(column.cells[row]!)]
  const isBold = column.bold[row]! > 0
  const [text, interval] = latexSpan(column) === 2 ? withoutInterval(column, row) : [column.cells[row]!]
  const number = numbers(text, isBold)
  const cell = (isBold ? `\\textbf{${number}}` : number) + missingDigits(column, text)
  return interval === undefined ? [cell] : [cell, numbers(interval, false)]
}

/** A formatted text with its numbers as mathematics where they need it. */
const numbers = (text: string, isBold: boolean): string =>
  text
    .split(NUMBER)
    .map((part, i) => (i % 2 === 1 ? number(part, isBold) : escapeLatex(part).replaceAll('{[}', '[')))
    .join('')

function number(text: string, isBold: boolean): string {
  if (text.endsWith('∞')) return `$${text.startsWith('−') ? '-' : ''}\\infty$`
  const [, sign, mantissa, , exponent] = /^(−?)([\d.,]+)(e(−?\d+))?$/.exec(text)!
  const digits = isBold ? `\\mathbf{${withoutSpace(mantissa!)}}` : withoutSpace(mantissa!)
  const signed = `${sign ? '-' : ''}${digits}`
  if (exponent !== undefined) return `$${signed} \\times 10^{${exponent.replace('−', '-')}}$`
  return sign ? `$${signed}$` : mantissa!
}

/** In mathematics a comma between thousands would be followed by a space. */
const withoutSpace = (text: string): string => text.replaceAll(',', '{,}')

function missingDigits(column: GridColumn, text: string): string {
  const most = Math.max(...column.cells.map((_, row) => digitsBehindPoint(withoutInterval(column, row)[0])))
  const own = digitsBehindPoint(text)
  if (own === most || own < 0) return ''
  const point = own === 0 ? '.' : ''
  return `\\phantom{${point}${'0'.repeat(most - own)}}`
}

/** Of plain numbers; −1 of everything else, such as powers of ten. */
const digitsBehindPoint = (text: string): number => {
  const [plain, behind = ''] = /^−?[\d,]+(?:\.(\d+))?$/.exec(text) ?? []
  return plain === undefined ? -1 : behind.length
}
