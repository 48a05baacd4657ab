/** The outer size of an exported figure. */
export interface FigureSize {
  /** Width on the page, in millimetres. */
  readonly widthMm: number
  /** Magnification: the figure is laid out at `widthMm / zoom` and enlarged, text and lines included. Default: 1. */
  readonly zoom?: number
  /** The most height that the page has for it, in millimetres. Default: any. */
  readonly mostHeightMm?: number
}

/**
 * The sizes of the places a figure goes to. Print text is 8 pt with 7 pt for tick labels; slides magnify the layout so that the smallest
 * text is 12 pt, the poster so that it is 24 pt. Widths and heights of venues are those of their LaTeX styles: the text block of NeurIPS
 * (2024), ICML (2025), JMLR and ACL.
 */
export const presets = {
  'single-column': { widthMm: 85 },
  'double-column': { widthMm: 178 },
  neurips: { widthMm: 139.7, mostHeightMm: 228.6 },
  'icml-column': { widthMm: 82.5, mostHeightMm: 228.6 },
  icml: { widthMm: 171.4, mostHeightMm: 228.6 },
  jmlr: { widthMm: 152.4, mostHeightMm: 215.9 },
  'acl-column': { widthMm: 77, mostHeightMm: 247 },
  acl: { widthMm: 160, mostHeightMm: 247 },
  slides: { widthMm: 254, zoom: 1.75 },
  'slides-16x9': { widthMm: 320, zoom: 1.9, mostHeightMm: 170 },
  'poster-a0': { widthMm: 370, zoom: 3.5, mostHeightMm: 1100 },
} as const satisfies Readonly<Record<string, FigureSize>>

/** Where a figure goes. */
export type Preset = keyof typeof presets
