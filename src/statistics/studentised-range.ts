import { normalCdf, requireProbability } from './distributions.js'
import { rootBetween } from './root.js'
import { meanOverScale } from './scale-mixture.js'

/** Where the integral over the highest of the normal numbers runs, and its step. */
const [REACH, STEP] = [9, 0.2]
const places = Array.from({ length: Math.round((2 * REACH) / STEP) + 1 }, (_, i) => i * STEP - REACH)
const highest = places.map((z) => ({
  z,
  below: normalCdf(z),
  weight: (STEP * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI),
}))

/** P(range of `groups` standard normal numbers ≤ w) = k ∫ φ(z) (Φ(z) − Φ(z − w))ᵏ⁻¹ dz, where z is the highest. */
function rangeCdf(w: number, groups: number): number {
  if (w >= 18) return 1
  let sum = 0
  for (const { z, below, weight } of highest) sum += weight * (below - normalCdf(z - w)) ** (groups - 1)
  return Math.min(1, groups * sum)
}

/**
 * P(Q ≤ q) of the studentised range of `groups` means with `df` ≥ 1 degrees of freedom, from 2 to 200 groups: the mean, over an estimated
 * standard deviation, of the distribution of a range of normal numbers (Lund and Lund 1983, "Algorithm AS 190"), by trapezoidal
 * sums. R's `ptukey`, of which jStat's is a copy, has other sums, off by 2e-4 at 2 degrees of freedom and by 4e-6 at 5.
 *
 * @throws RangeError when q is below 0, or the groups or degrees of freedom are out of range.
 */
export function studentisedRangeCdf(q: number, groups: number, df: number): number {
  if (!(q >= 0)) throw new RangeError(`q is ${q}: a range is at least 0`)
  if (!Number.isInteger(groups) || groups < 2 || groups > 200)
    throw new RangeError(`groups is ${groups}: a whole number from 2 to 200 is needed`)
  return meanOverScale(df, 4, (s) => rangeCdf(q * s, groups))
}

/** The quantile of the studentised range: where `studentisedRangeCdf` is `probability`, above 0 and below 1. */
export function studentisedRangeQuantile(probability: number, groups: number, df: number): number {
  requireProbability('probability', probability)
  const beyond = (q: number) => studentisedRangeCdf(q, groups, df) - probability
  let high = 4
  while (beyond(high) < 0) {
    high *= 2
    if (high > 1e9) throw new RangeError(`probability is ${probability}: its quantile lies beyond 1e9`)
  }
  return rootBetween(0, high, beyond)
}
