import { requireProbability, tQuantile } from './distributions.js'
import { noncentralTCdf } from './noncentral-t.js'
import { rootBetween } from './root.js'

/** A two-sided paired t test that is planned. */
export interface PlannedTest {
  /** How many pairs, such as seeds: a whole number of at least 2. */
  readonly pairs: number
  /** Default: 0.05. */
  readonly alpha?: number
}

/**
 * The probability that a two-sided paired t test rejects at α when the true mean difference is `difference` standard deviations of the
 * differences (Cohen's d_z): both tails of the noncentral t distribution at d_z √n.
 *
 * @throws RangeError unless there are at least two pairs, the difference times √n lies between −2000 and 2000 and α between 0 and 1.
 */
export function pairedTPower({
  pairs,
  alpha = 0.05,
  difference,
}: PlannedTest & { readonly difference: number }): number {
  if (!Number.isInteger(pairs) || pairs < 2)
    throw new RangeError(`pairs is ${pairs}: a whole number of at least 2 is needed`)
  requireProbability('alpha', alpha)
  if (!Number.isFinite(difference)) throw new RangeError(`difference is ${difference}: it must be finite`)
  const df = pairs - 1
  const critical = tQuantile(1 - alpha / 2, df)
  const noncentrality = Math.abs(difference) * Math.sqrt(pairs)
  return 1 - noncentralTCdf(critical, df, noncentrality) + noncentralTCdf(-critical, df, noncentrality)
}

/**
 * The smallest true mean difference, in standard deviations of the differences, that a two-sided paired t test of so many pairs finds
 * with the given power.
 *
 * @param test.power above α and below 1. Default: 0.8.
 * @throws RangeError as `pairedTPower` does, and when the power does not lie between α and 1.
 */
export function detectableDifference({
  pairs,
  alpha = 0.05,
  power = 0.8,
}: PlannedTest & { readonly power?: number }): number {
  requireProbability('power', power)
  const short = (difference: number) => pairedTPower({ pairs, alpha, difference }) - power
  if (!(power > alpha)) throw new RangeError(`power is ${power}: it must lie above alpha, ${alpha}`)
  let high = 1
  while (short(high) < 0) high *= 2
  return rootBetween(0, high, short)
}
