const INCH = 72.27
const CENTIMETRE = INCH / 2.54

/** Where a table is printed: what limits it. */
export interface Venue {
  /** How wide a table may be, in TeX's points (72.27 to an inch): what `\the\linewidth` says there. */
  readonly widthPt: number
  /** Size of the text. Default: 10 */
  readonly fontPt?: number
  /** The typeface of the text. Default: "Computer Modern" */
  readonly typeface?: Typeface
  /** What LaTeX's smaller sizes are there. Default: those of its own classes at this size of the text. */
  readonly smallerPt?: Readonly<Record<SmallerSize, number>>
  /** Whether it goes across both columns of the page. Default: false */
  readonly isAcross?: boolean
}

export type Typeface = 'Computer Modern' | 'Times'

/** LaTeX's sizes below that of the text which can still be read, from large to small. */
export const SMALLER_SIZES = ['small', 'footnotesize', 'scriptsize'] as const
export type SmallerSize = (typeof SMALLER_SIZES)[number]

// NeurIPS, ICLR and ICML descend from one style, whose \small and \footnotesize are both 9 pt.
const conference = {
  fontPt: 10,
  typeface: 'Times',
  smallerPt: { small: 9, footnotesize: 9, scriptsize: 7 },
} as const
const acl = { fontPt: 10.95, typeface: 'Times' } as const
const ieee = { fontPt: 10, typeface: 'Times' } as const

/** Venues by name; where pages have two columns, the name alone is one column and `-wide` is across both. */
export const venues = {
  /** LaTeX's own class at 10 pt. */
  article: { widthPt: 345 },
  neurips: { ...conference, widthPt: 5.5 * INCH },
  iclr: { ...conference, widthPt: 5.5 * INCH },
  icml: { ...conference, widthPt: 3.25 * INCH },
  'icml-wide': { ...conference, widthPt: 6.75 * INCH, isAcross: true },
  jmlr: { widthPt: 6 * INCH, fontPt: 10.95 },
  tmlr: { widthPt: 6.5 * INCH },
  acl: { ...acl, widthPt: 7.7 * CENTIMETRE },
  'acl-wide': { ...acl, widthPt: 16 * CENTIMETRE, isAcross: true },
  ieee: { ...ieee, widthPt: 252 },
  'ieee-wide': { ...ieee, widthPt: 516, isAcross: true },
} as const satisfies Readonly<Record<string, Venue>>

export type VenueName = keyof typeof venues

/** A venue with everything that it leaves to defaults. */
export type WholeVenue = Required<Venue> & { readonly name: string }

/**
 * The venue of a name, or one's own.
 *
 * @throws RangeError when there is none of this name, or its width or size is no number above 0.
 */
export function venueOf(venue: VenueName | Venue): WholeVenue {
  if (typeof venue === 'string' && !Object.hasOwn(venues, venue))
    throw new RangeError(
      `venue is "${venue}": it must be one of ${Object.keys(venues).join(', ')}, or { widthPt: … } of your own`,
    )
  const own: Venue = typeof venue === 'string' ? venues[venue] : venue
  const { widthPt, fontPt = 10, typeface = 'Computer Modern', isAcross = false } = own
  if (!(widthPt > 0 && fontPt > 0))
    throw new RangeError(
      `the venue has a width of ${widthPt} pt and text of ${fontPt} pt: both must be numbers above 0`,
    )
  const isLarge = fontPt > 10.5
  const smallerPt =
    own.smallerPt ??
    (isLarge ? { small: 10, footnotesize: 9, scriptsize: 8 } : { small: 9, footnotesize: 8, scriptsize: 7 })
  return {
    name: typeof venue === 'string' ? venue : 'the venue',
    widthPt,
    fontPt,
    typeface,
    smallerPt,
    isAcross,
  }
}
