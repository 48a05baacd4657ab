import type { Grid } from './grid.js'

const commands: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '{\\char34}', // \textquotedbl needs T1 fonts, and a bare one is active in some languages
  '[': '{[}', // bare, these two at the start of a row would belong to the \\ before it
  '*': '{*}',
  '\u00a0': '~',
  '\u202f': '\\,',
  '\u2009': '\\,',
  '…': '\\dots{}',
  '−': '$-$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '±': '$\\pm$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '≠': '$\\neq$',
  '≈': '$\\approx$',
  '∞': '$\\infty$',
  '→': '$\\rightarrow$',
  '√': '$\\surd$',
  '∂': '$\\partial$',
  '∇': '$\\nabla$',
  '∑': '$\\sum$',
  '⁺': '$^{+}$',
  '⁻': '$^{-}$',
  '²': '$^{2}$',
  '³': '$^{3}$',
  '°': '$^{\\circ}$',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  $: '\\$',
  _: '\\_',
  '{': '\\{',
  '}': '\\}',
}
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega'
greek.split(' ').forEach((name, i) => {
  commands[String.fromCodePoint(0x3b1 + i)] = name === 'o' ? 'o' : `$\\${name}$`
})

/** `text` typeset as it stands: every character with a meaning in LaTeX is escaped, common symbols become commands. */
export function escapeLatex(text: string): string {
  return Array.from(text.replace(/\s*\r?\n\s*/g, ' '), (character) => commands[character] ?? character).join(
    '',
  )
}

/** How a table is named in a document. */
export interface LatexOptions {
  /** Name for `\ref`, such as "tab:cosine"; letters, digits and - : . _ */
  readonly label?: string
}

/**
 * The table in LaTeX with the rules of the booktabs package: a `tabular`, and around it a `table` when there is a
 * caption or a label.
 *
 * @throws RangeError when the label holds characters that break `\ref`.
 */
export function toLatex(grid: Grid, { label }: LatexOptions = {}): string {
  if (label !== undefined && !/^[\w:.-]+$/.test(label)) {
    throw new RangeError(`label is "${label}": only letters, digits and - : . _ are allowed`)
  }
  const line = (cells: readonly string[]) => `  ${cells.join(' & ')} \\\\`
  const tabular = [
    `\\begin{tabular}{${grid.columns.map(({ numeric }) => (numeric ? 'r' : 'l')).join('')}}`,
    '  \\toprule',
    line(grid.columns.map(({ heading }) => escapeLatex(heading))),
    '  \\midrule',
    ...Array.from({ length: grid.rows }, (_, row) =>
      line(
        grid.columns.map(({ numeric, cells }) => (numeric ? number(cells[row]!) : escapeLatex(cells[row]!))),
      ),
    ),
    '  \\bottomrule',
    '\\end{tabular}',
  ]
  if (!grid.caption && label === undefined) return `${tabular.join('\n')}\n`
  return `${[
    '\\begin{table}',
    '  \\centering',
    ...(grid.caption ? [`  \\caption{${escapeLatex(grid.caption)}}`] : []),
    ...(label === undefined ? [] : [`  \\label{${label}}`]),
    ...tabular.map((text) => `  ${text}`),
    '\\end{table}',
  ].join('\n')}\n`
}

/** A formatted number: signs and powers of ten are mathematics. */
function number(text: string): string {
  const [, sign, mantissa, , exponent] = /^(−?)([\d.]+)(e(−?\d+))?$/.exec(text) ?? []
  if (mantissa === undefined) return escapeLatex(text)
  if (exponent !== undefined) {
    return `$${sign ? '-' : ''}${mantissa} \\times 10^{${exponent.replace('−', '-')}}$`
  }
  return sign ? `$-${mantissa}$` : mantissa
}
