import { escapeLatex } from './escape-latex.js'
import { type Grid, type GridColumn, isRepeated } from './grid.js'

const NUMBER = /(−?\d+(?:,\d{3})*(?:\.\d+)?(?:e−?\d+)?|−?∞)/

/** The cells of one row in LaTeX, in the order of the columns; a name that stands above in its group is left out. */
export const latexRow = (grid: Grid, row: number): string[] =>
  grid.columns.map((column, i) => (isRepeated(grid, i, row) ? '' : latexCell(column, row)))

/**
 * A cell in LaTeX: signs and powers of ten are mathematics, a best value is bold, and a number with fewer digits behind the point than
 * others of its column ends as far from the right, so that the points are aligned without a package.
 */
function latexCell(column: GridColumn, row: number): string {
  const [text, bold] = [column.cells[row]!, column.bold[row]!]
  if (!column.numeric) return escapeLatex(text)
  const [best, rest] = [text.slice(0, bold), text.slice(bold)]
  const cell =
    (best && `\\textbf{${numbers(best, true)}}`) + numbers(rest, false) + missingDigits(column, text)
  return cell.startsWith('[') ? `{[}${cell.slice(1)}` : cell
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

function missingDigits({ cells }: GridColumn, text: string): string {
  const most = Math.max(...cells.map(digitsBehindPoint))
  const own = digitsBehindPoint(text)
  if (own === most || own < 0) return ''
  const point = own === 0 ? '.' : ''
  return `\\phantom{${point}${'0'.repeat(most - own)}}`
}

/** Of plain numbers; −1 of everything else, such as powers of ten and numbers with an interval. */
const digitsBehindPoint = (text: string): number => {
  const [plain, behind = ''] = /^−?[\d,]+(?:\.(\d+))?$/.exec(text) ?? []
  return plain === undefined ? -1 : behind.length
}
