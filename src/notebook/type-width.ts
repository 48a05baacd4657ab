import { BOLD, textWidth } from '../figures/kit/text-width.js'
import type { Typeface } from './venues.js'

// Advances of Times for the characters from the space (U+0020) to the tilde, in thousandths of the type size.
// prettier-ignore
const TIMES = [
  250, 333, 408, 500, 500, 833, 778, 333, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
  500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
  389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
  500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
  278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
]
const OTHERS = 600
/** Times' bold figures are as wide as the others; its letters are not. */
const BOLD_TIMES = 1.05

/** Symbols are set from the typeface of mathematics, where they are as wide as its plus; accents add nothing to a letter. */
const measurable = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[−×±≤≥≠≈<>]/g, '+')
    .replace(/[–…∞]/g, 'm')

/** How wide a text is in points, at a size in points. */
export function typeWidth(
  text: string,
  { typeface, sizePt, isBold = false }: { typeface: Typeface; sizePt: number; isBold?: boolean },
): number {
  const plain = measurable(text)
  if (typeface === 'Computer Modern') return textWidth(plain, sizePt) * (isBold ? BOLD : 1)
  let width = 0
  for (const character of plain) {
    const isBolder = isBold && !/\d/.test(character)
    width += (TIMES[character.charCodeAt(0) - 32] ?? OTHERS) * (isBolder ? BOLD_TIMES : 1)
  }
  return (width * sizePt) / 1000
}
