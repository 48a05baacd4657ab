import { textWidth } from '../figures/kit/text-width.js'
import type { Typeface } from '../figures/kit/typefaces.js'

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
  return textWidth(isBold ? `<b>${plain}</b>` : plain, sizePt, typeface)
}
