import { normalCdf, requireDf } from './distributions.js'
import { rootAround } from './root.js'
import { meanOverScale } from './scale-mixture.js'

/** The largest size of a noncentrality: the time that the sum takes grows with it. */
const LARGEST = 2000

/**
 * The lower tail of the noncentral t distribution, P((Z + noncentrality) / S ≤ t) with S = √(χ²/df), `df` ≥ 1: the mean of
 * Φ(t S − noncentrality) over S (Johnson, Kotz and Balakrishnan 1995, chapter 31). jStat's is a series that stops too early from a
 * noncentrality of about 30.
 */
export function noncentralTCdf(t: number, df: number, noncentrality: number): number {
  requireDf('df', df)
  if (!(Math.abs(noncentrality) <= LARGEST))
    throw new RangeError(`noncentrality is ${noncentrality}: it must lie between −${LARGEST} and ${LARGEST}`)
  return meanOverScale(df, noncentrality, (s) => normalCdf(t * s - noncentrality))
}

/** The noncentrality at which P(T ≤ t) is `probability`; it falls as the noncentrality grows. */
export function noncentralityAt(t: number, df: number, probability: number): number {
  return rootAround(
    t,
    4 + Math.abs(t) / 4,
    (noncentrality) => noncentralTCdf(t, df, noncentrality) - probability,
  )
}
