import type { Interval } from './bootstrap.js'
import { normalQuantile, requireProbability } from './distributions.js'

/**
 * Wilson's score interval of a share of `count` independent trials, such as an accuracy: within [0, 1], also where the share is 0 or 1
 * (E. B. Wilson. Probable inference, the law of succession, and statistical inference. *Journal of the American Statistical
 * Association* 22, 1927).
 *
 * @param share of the trials that succeeded, from 0 to 1
 * @param count of trials, at least 1
 * @param confidence between 0 and 1. Default: 0.95
 * @throws RangeError when a number is out of range
 * @example
 * wilsonInterval(0.8, 10) // { estimate: 0.8, low: 0.490, high: 0.943 }
 */
export function wilsonInterval(share: number, count: number, confidence = 0.95): Interval {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share is ${share}; it must be from 0 to 1`)
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`count is ${count}; it must be a whole number of at least 1`)
  const z = normalQuantile((1 + requireProbability('confidence', confidence)) / 2)
  const weight = z ** 2 / count
  const centre = (share + weight / 2) / (1 + weight)
  const reach = (z / (1 + weight)) * Math.sqrt((share * (1 - share) + weight / 4) / count)
  return { estimate: share, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) }
}
