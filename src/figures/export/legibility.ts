import { toPoints } from '../kit/units.js'
import { type DomElement, fontSize } from './dom.js'
import { pageExtent } from './element-extent.js'

/** A text that cannot be read as it is drawn. */
export interface Illegible {
  readonly text: string
  readonly why: string
}

/** The smallest text that a page may have, in points. */
export const SMALLEST_POINTS = 6

/** By how much boxes of text may share a place, in CSS pixels: a face's line is higher than its letters. */
const SHARED = 3

type Box = readonly [left: number, top: number, right: number, bottom: number]

/**
 * The texts of a drawing that reach beyond its page, cover one another or are smaller than 6 pt; `zoom` is how many times it is enlarged
 * on the page.
 */
export function illegibleTexts(
  root: DomElement,
  { width, height, zoom = 1 }: { readonly width: number; readonly height: number; readonly zoom?: number },
): Illegible[] {
  const texts = [...root.querySelectorAll('text')]
    .filter((element) => element.textContent?.trim() && isShown(element))
    .map((element) => ({
      text: element.textContent!.trim(),
      box: pageExtent(element) as Box,
      points: zoom * toPoints(fontSize(element)),
    }))
  return texts.flatMap(({ text, box, points }, i): Illegible[] => {
    if (points < SMALLEST_POINTS - 0.01)
      return [{ text, why: `is ${points.toFixed(1)} pt high, less than ${SMALLEST_POINTS} pt` }]
    if (box[0] < -1 || box[1] < -1 || box[2] > width + 1 || box[3] > height + 1)
      return [{ text, why: 'reaches beyond the page' }]
    const other = texts.slice(i + 1).find((one) => overlap(box, one.box) > SHARED)
    return other === undefined ? [] : [{ text, why: `covers "${other.text}"` }]
  })
}

function isShown(element: DomElement): boolean {
  for (let at: DomElement | null = element; at; at = at.parentNode)
    if (at.style?.display === 'none' || at.getAttribute?.('opacity') === '0') return false
  return true
}

/** How far two boxes overlap, in the smaller direction. */
const overlap = (a: Box, b: Box): number =>
  Math.min(Math.min(a[2], b[2]) - Math.max(a[0], b[0]), Math.min(a[3], b[3]) - Math.max(a[1], b[1]))
