import { look } from './look.js'
import { type Typeface, typefaces } from './typefaces.js'

/** Of a character that a typeface's table does not hold. */
const OTHERS = 600

/** A label without its tags and line breaks, for text alternatives. */
export const plainText = (label: string): string =>
  label
    .replace(/<sub>/g, '_')
    .replace(/<br>/g, ' ')
    .replace(/<[^>]*>/g, '')

/** How wide a text in the upright face is, in CSS pixels, without its tags and kerning; the widest line of several. */
export function textWidth(
  text: string,
  size: number = look.small,
  typeface: Typeface = look.typeface,
): number {
  const { advances, ellipsis, noBreakSpace, bold } = typefaces[typeface]
  const advance = (character: string) =>
    character === '…'
      ? ellipsis
      : character === '\u00a0'
        ? noBreakSpace
        : (advances[character.charCodeAt(0) - 32] ?? OTHERS)
  const wider = (character: string) => (/\d/.test(character) ? bold.figures : bold.others)
  let [widest, width, isBold] = [0, 0, false]
  for (const [tag, character] of text.matchAll(/<[^>]*>|(.)/gsu) as Iterable<[string, string?]>) {
    if (character !== undefined) width += (isBold ? wider(character) : 1) * advance(character)
    else if (tag === '<b>' || tag === '</b>') isBold = tag === '<b>'
    else if (tag === '<br>') width = 0
    widest = Math.max(widest, width)
  }
  return (size / 1000) * widest
}

/** How much wider letters of the bold face are. */
export const boldFactor = (): number => typefaces[look.typeface].bold.others

/** A text that is no wider than `width` CSS pixels: cut, with an ellipsis and without its tags, where it is. */
export function fitText(text: string, width: number, size: number = look.small): string {
  if (textWidth(text, size) <= width) return text
  const characters = [...text.replace(/<br>/g, ' ').replace(/<[^>]*>/g, '')]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** A text broken at spaces into lines of at most `width` CSS pixels; a longer word stands alone. */
export function wrapText(text: string, width: number, size: number = look.small): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.join('<br>')
}

/** How many lines a text has. */
export const lineCount = (text: string): number => text.split('<br>').length
