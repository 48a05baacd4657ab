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
