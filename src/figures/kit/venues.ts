import type { Typeface } from './typefaces.js'

const INCH = 72.27
const CENTIMETRE = INCH / 2.54

/** Where a figure or a table is printed: what limits it. */
export interface Venue {
  /** How wide it may be, in TeX's points (72.27 to an inch): what `\the\linewidth` says there. */
  readonly widthPt: number
  /** The height of a page's text in the same unit: what `\the\textheight` says. Default: any */
  readonly heightPt?: number
  /** Size of the text. Default: 10 */
  readonly fontPt?: number
  /** The typeface of the text. Default: "Computer Modern" */
  readonly typeface?: Typeface
  /** What LaTeX's smaller sizes are there. Default: those of its own classes at this size of the text. */
  readonly smallerPt?: Readonly<Record<SmallerSize, number>>
  /** Whether it goes across both columns of the page. Default: false */
  readonly isAcross?: boolean
}

/** LaTeX's sizes below that of the text which can still be read, from large to small. */
export const SMALLER_SIZES = ['small', 'footnotesize', 'scriptsize'] as const
export type SmallerSize = (typeof SMALLER_SIZES)[number]

// NeurIPS, ICLR and ICML descend from one style, whose \small and \footnotesize are both 9 pt.
const conference = {
  fontPt: 10,
  typeface: 'Times',
  smallerPt: { small: 9, footnotesize: 9, scriptsize: 7 },
  heightPt: 9 * INCH,
} as const
const acl = { fontPt: 10.95, typeface: 'Times', heightPt: 24.7 * CENTIMETRE } as const
const ieee = { fontPt: 10, typeface: 'Times', heightPt: 696 } as const

/**
 * Venues by name, with the measures of their LaTeX styles: NeurIPS (2024), ICLR, ICML (2025), JMLR, TMLR, ACL and IEEE. Where pages have
 * two columns the name alone is across both, and `-column` is one of them.
 */
export const venues = {
  /** LaTeX's own class at 10 pt. */
  article: { widthPt: 345, heightPt: 550 },
  neurips: { ...conference, widthPt: 5.5 * INCH },
  iclr: { ...conference, widthPt: 5.5 * INCH },
  icml: { ...conference, widthPt: 6.75 * INCH, isAcross: true },
  'icml-column': { ...conference, widthPt: 3.25 * INCH },
  jmlr: { widthPt: 6 * INCH, fontPt: 10.95, heightPt: 8.5 * INCH },
  tmlr: { widthPt: 6.5 * INCH, heightPt: 9 * INCH },
  acl: { ...acl, widthPt: 16 * CENTIMETRE, isAcross: true },
  'acl-column': { ...acl, widthPt: 7.7 * CENTIMETRE },
  ieee: { ...ieee, widthPt: 516, isAcross: true },
  'ieee-column': { ...ieee, widthPt: 252 },
} as const satisfies Readonly<Record<string, Venue>>

export type VenueName = keyof typeof venues

/** TeX's points as millimetres. */
export const texPointsToMm = (points: number): number => (points / INCH) * 25.4
