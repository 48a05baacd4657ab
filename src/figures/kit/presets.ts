import type { Theme } from './themes.js'
import { texPointsToMm, type Venue, type VenueName, venues } from './venues.js'

/** The outer size of an exported figure. */
export interface FigureSize {
  /** Width on the page, in millimetres. */
  readonly widthMm: number
  /** Magnification: the figure is laid out at `widthMm / zoom` and enlarged, text and lines included. Default: 1. */
  readonly zoom?: number
  /** The most height that the page has for it, in millimetres. Default: any. */
  readonly mostHeightMm?: number
  /** How it looks, on top of what is set for all figures. Default: as they do. */
  readonly theme?: Theme
}

/** Sizes of the places that are no venue. */
const places = {
  'single-column': { widthMm: 85 },
  'double-column': { widthMm: 178 },
  slides: { widthMm: 254, zoom: 1.75, theme: { title: true } },
  'slides-dark': { widthMm: 254, zoom: 1.75, theme: { title: true, dark: true } },
  'slides-16x9': { widthMm: 320, zoom: 1.9, mostHeightMm: 170, theme: { title: true } },
  'poster-a0': { widthMm: 370, zoom: 3.5, mostHeightMm: 1100 },
} as const satisfies Readonly<Record<string, FigureSize>>

/** Where a figure goes. */
export type Preset = keyof typeof places | VenueName

/**
 * The sizes of the places a figure goes to, with the type of each. Print text is 8 pt with 7 pt for tick labels, and 9 pt with 8 pt across
 * the pages of venues whose text has 11 pt; slides magnify the layout so that the smallest text is 12 pt, the poster so that it is 24 pt.
 * Venues have the width and the height of their pages' text.
 */
export const presets: Readonly<Record<Preset, FigureSize>> = { ...places, ...sizesOfVenues() }

function sizesOfVenues(): Record<VenueName, FigureSize> {
  const sizes = Object.entries<Venue>(venues).map(([name, venue]) => [name, sizeOf(venue)])
  return Object.fromEntries(sizes) as Record<VenueName, FigureSize>
}

/** Half-columns keep the smaller type, for which there is room. */
function sizeOf({ widthPt, heightPt, fontPt = 10, typeface = 'Computer Modern' }: Venue): FigureSize {
  const isLarge = fontPt > 10.5 && widthPt > 300
  return {
    widthMm: tenths(texPointsToMm(widthPt)),
    ...(heightPt === undefined ? {} : { mostHeightMm: tenths(texPointsToMm(heightPt)) }),
    theme: { font: typeface, ...(isLarge ? { text: 9, small: 8 } : { text: 8, small: 7 }) },
  }
}

function tenths(value: number): number {
  return Math.floor(10 * value + 1e-6) / 10
}
