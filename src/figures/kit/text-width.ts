import { SMALL_TEXT } from './theme.js'

// Advances of Computer Modern Roman for the characters from the space (U+0020) to the tilde, in thousandths of the type size.
// prettier-ignore
const ADVANCES = [
  333, 278, 500, 833, 500, 833, 777, 278, 388, 388, 500, 778, 277, 333, 278, 500, 500, 500, 500, 500, 500,
  500, 500, 500, 500, 500, 277, 278, 778, 778, 778, 472, 777, 750, 708, 722, 763, 680, 652, 784, 750, 361,
  513, 777, 625, 916, 750, 777, 680, 777, 736, 555, 722, 750, 750, 1027, 750, 750, 611, 278, 500, 278, 611,
  778, 500, 500, 555, 444, 555, 444, 305, 500, 555, 277, 305, 527, 277, 833, 555, 500, 555, 527, 391, 394,
  388, 555, 527, 722, 527, 527, 444, 500, 278, 500, 611,
]

/** A label without its tags and line breaks, for text alternatives. */
export const plainText = (label: string): string =>
  label
    .replace(/<sub>/g, '_')
    .replace(/<br>/g, ' ')
    .replace(/<[^>]*>/g, '')

const ELLIPSIS = 834
const NO_BREAK_SPACE = 333

/** How much wider the bold face is. */
export const BOLD = 1.16

/** How wide a text in the upright face is, in CSS pixels, without its tags and kerning; the widest line of several. */
export function textWidth(text: string, size: number = SMALL_TEXT): number {
  const advance = (character: string) =>
    character === '…'
      ? ELLIPSIS
      : character === '\u00a0'
        ? NO_BREAK_SPACE
        : (ADVANCES[character.charCodeAt(0) - 32] ?? 600)
  let [widest, width, face] = [0, 0, 1]
  for (const [tag, character] of text.matchAll(/<[^>]*>|(.)/gsu) as Iterable<[string, string?]>) {
    if (character !== undefined) width += face * advance(character)
    else if (tag === '<b>' || tag === '</b>') face = tag === '<b>' ? BOLD : 1
    else if (tag === '<br>') width = 0
    widest = Math.max(widest, width)
  }
  return (size / 1000) * widest
}

/** A text that is no wider than `width` CSS pixels: cut, with an ellipsis and without its tags, where it is. */
export function fitText(text: string, width: number, size: number = SMALL_TEXT): string {
  if (textWidth(text, size) <= width) return text
  const characters = [...text.replace(/<br>/g, ' ').replace(/<[^>]*>/g, '')]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** A text broken at spaces into lines of at most `width` CSS pixels; a longer word stands alone. */
export function wrapText(text: string, width: number, size: number = SMALL_TEXT): string {
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
