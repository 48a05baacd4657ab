import ts from 'typescript'

/**
 * The text of an .ipynb file with other sources of some cells. Every other byte stays: outputs, metadata, the order of keys
 * and the indentation.
 *
 * @param sources by the place of the cell among all cells, from 0
 * @throws {Error} if a cell is not there
 */
export const replaceSources = (text: string, sources: ReadonlyMap<number, string>): string => {
  const file = ts.parseJsonText('notebook.json', text)
  const cells = propertyOf(file.statements[0]?.expression, 'cells')
  const places = [...sources].map(([index, source]) => {
    const cell = cells && ts.isArrayLiteralExpression(cells) ? cells.elements[index] : undefined
    const place = propertyOf(cell, 'source')
    if (!place) throw new Error(`The notebook has no cell ${index + 1} with a source.`)
    return { start: place.getStart(file), end: place.getEnd(), written: writeSource(file, place, source) }
  })
  // From the end, so that places further up stay where they are.
  return places
    .sort((a, b) => b.start - a.start)
    .reduce((edited, { start, end, written }) => edited.slice(0, start) + written + edited.slice(end), text)
}

const propertyOf = (object: ts.Expression | undefined, name: string): ts.Expression | undefined => {
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined
  const property = object.properties
    .filter((candidate) => ts.isPropertyAssignment(candidate))
    .find(({ name: key }) => ts.isStringLiteral(key) && key.text === name)
  return property?.initializer
}

/** A source in the form that it has: one string, or an array of lines, each on a line of the file or not. */
const writeSource = (file: ts.JsonSourceFile, place: ts.Expression, source: string): string => {
  if (!ts.isArrayLiteralExpression(place)) return JSON.stringify(source)
  const lines = (source.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => JSON.stringify(line))
  const [first] = place.elements
  const before = first ? file.text.slice(place.getStart(file) + 1, first.getStart(file)) : ''
  const last = place.elements.at(-1)
  const after = last ? file.text.slice(last.getEnd(), place.getEnd() - 1) : ''
  const separator = before.includes('\n') ? `,${before}` : ', '
  return `[${before}${lines.join(separator)}${after}]`
}
