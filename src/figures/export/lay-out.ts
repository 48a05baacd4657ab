import type { Figure } from '../kit/figure.js'
import { look, underTheme } from '../kit/look.js'
import type { FigureSize } from '../kit/presets.js'
import { baseLayout } from '../kit/theme.js'
import { mm, toMillimetres } from '../kit/units.js'

/** A figure as it is drawn on a page. */
export interface LaidOut {
  readonly figure: Figure
  /** Its size on the page. */
  readonly widthMm: number
  readonly heightMm: number
  /** The size that it is drawn in, in CSS pixels; the page shows it `zoom` times as large. */
  readonly width: number
  readonly height: number
  readonly zoom: number
  /** The color behind it. */
  readonly paper: string
}

/**
 * Lays a figure out for its place: under the theme of the place, at the width at which its text has the size that the theme wants.
 *
 * @throws RangeError when the theme is none; an Error when a size is out of range
 */
export function laidOut(
  figure: Figure,
  {
    widthMm,
    heightMm: wanted,
    zoom: enlarged = 1,
    theme: ofPlace,
  }: FigureSize & { readonly heightMm?: number },
): LaidOut {
  assertBetween('widthMm', widthMm, 20, 2000)
  assertBetween('zoom', enlarged, 0.1, 10)
  const theme = ofPlace || figure.theme ? { ...figure.theme, ...ofPlace } : undefined
  return underTheme(theme, () => {
    const zoom = enlarged * look.zoom
    const fitted = figure.forWidth?.(widthMm / zoom, theme) ?? {
      ...figure,
      layout: { ...baseLayout(), ...figure.layout },
    }
    const heightMm = wanted ?? defaultHeightMm(fitted, widthMm / zoom) * zoom
    assertBetween('heightMm', heightMm, 10, 2000)
    const [width, height] = [mm(widthMm / zoom), mm(heightMm / zoom)]
    return { figure: fitted, widthMm, heightMm, width, height, zoom, paper: look.paper }
  })
}

/** The height that the layout asks for, or a third less than the width; without a redrawing function it keeps the layout's proportions. */
function defaultHeightMm(figure: Figure, widthMm: number): number {
  const { width, height } = figure.layout
  if (!height) return (widthMm * 2) / 3
  return width ? (widthMm * height) / width : toMillimetres(height)
}

export function assertBetween(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) {
    throw new Error(`${name} is ${value}; it must be a number from ${low} to ${high}`)
  }
}
