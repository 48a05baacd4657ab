/** The outer size of an exported figure. */
export interface FigureSize {
  /** Width on the page, in millimetres. */
  readonly widthMm: number
  /** Magnification: the figure is laid out at `widthMm / zoom` and enlarged, text and lines included. Default: 1. */
  readonly zoom?: number
}

export type Preset = 'single-column' | 'double-column' | 'slides'

/**
 * Widths of the places a figure goes to. Print text is 8 pt with 7 pt for tick labels; slides (25.4 cm wide, 16:9 or 4:3)
 * magnify the layout so that the smallest text is 12 pt.
 */
export const presets: Readonly<Record<Preset, FigureSize>> = {
  'single-column': { widthMm: 85 },
  'double-column': { widthMm: 178 },
  slides: { widthMm: 254, zoom: 1.75 },
}
