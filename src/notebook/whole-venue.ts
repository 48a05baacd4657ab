import { type Venue, type VenueName, venues } from '../figures/kit/venues.js'

/** A venue with everything that it leaves to defaults. */
export type WholeVenue = Required<Omit<Venue, 'heightPt'>> & { readonly name: string }

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
