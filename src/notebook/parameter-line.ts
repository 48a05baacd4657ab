/** Where the project's kernel leaves the text of the cell that runs. */
const CELL_TEXT = Symbol.for('thesis.cellText')

/**
 * Where a parameter's value stands in the running cell, as the part of a message: ` in line 3`; nothing where that cannot be told.
 *
 * @param text the cell's. Default: that of the running one
 */
export function inLine(name: string, text: unknown = Reflect.get(globalThis, CELL_TEXT)): string {
  if (typeof text !== 'string') return ''
  // A key of an object, or a variable that a shorthand names; what stands in a comment is neither.
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const key = new RegExp(`^(?:.*[{,]|\\s*(?:const|let|var))?\\s*['"]?${escaped}['"]?\\s*(?::|=(?!=)|,|$)`)
  const line = text.split('\n').findIndex((one) => key.test(one.replace(/(^|\s)\/\/.*$/, '')))
  return line < 0 ? '' : ` in line ${line + 1}`
}
