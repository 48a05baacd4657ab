import { type DomElement, inherited, isText } from './dom.js'
import { fontCoverage } from './font-coverage.js'
import { type FontFace, faceFor, faceName } from './font-faces.js'

/**
 * The characters that a drawing sets in each face.
 *
 * @throws if a text asks for an unknown font or for a character that its face lacks, which would otherwise come out as an empty box
 * or in another font
 */
export function usedText(root: DomElement): ReadonlyMap<FontFace, ReadonlySet<string>> {
  const used = new Map<FontFace, Set<string>>()
  for (const element of root.querySelectorAll('text, tspan')) {
    for (const node of element.childNodes) {
      if (!isText(node) || !node.data.trim()) continue
      const face = faceFor(
        inherited(element, 'font-family', ''),
        inherited(element, 'font-weight', 'normal'),
        inherited(element, 'font-style', 'normal'),
      )
      const characters = used.get(face) ?? new Set<string>()
      used.set(face, characters)
      for (const character of node.data.replace(/[\n\t\u200b]/g, '')) {
        assertGlyph(face, character, node.data)
        characters.add(character)
      }
    }
  }
  return used
}

function assertGlyph(face: FontFace, character: string, text: string): void {
  const code = character.codePointAt(0)!
  if (fontCoverage(face.file).has(code)) return
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  throw new Error(
    `The face "${faceName(face)}" has no glyph for "${character}" (${point}) in the figure's text "${text.trim()}": ` +
      'write it with other characters',
  )
}
