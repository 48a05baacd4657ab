import { mm } from './units.js'

/**
 * The widths in millimetres for which a live figure brings a layout; between two of them the narrower one is stretched, by an eighth at
 * most, with its text as it is.
 */
export const LIVE_WIDTHS_MM: readonly number[] = [
  70, 78, 87, 97, 108, 121, 135, 151, 168, 188, 210, 235, 263, 294, 328,
]

/** Of the widths, the widest that fits into a width of CSS pixels; the narrowest where none does. */
export const fittingWidth = (widths: readonly number[], pixels: number): number =>
  widths.findLast((width) => mm(width) <= pixels) ?? widths[0]!
