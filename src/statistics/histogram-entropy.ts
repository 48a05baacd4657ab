import { extent } from 'd3-array'
import { type Numbers, requireFinite } from './summary.js'

/**
 * How complex values are: the entropy, in nats, of their histogram over equal bins from the lowest value to the highest; from 0, where
 * all lie in one bin or are alike, to ln(bins), where every bin has as many.
 *
 * @throws RangeError when there is no value, one is not finite, or `bins` is not a whole number of at least 1
 * @example
 * histogramEntropy([1, 2, 3, 4], 4) // ln 4
 */
export function histogramEntropy(values: Numbers, bins = 100): number {
  requireFinite('values', values)
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`bins is ${bins}; it must be a whole number of at least 1`)
  const [low, high] = extent(values) as [number, number]
  if (low === high) return 0
  const counts = new Float64Array(bins)
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(((values[i]! - low) / (high - low)) * bins)
    counts[Math.min(bins - 1, bin)]!++
  }
  return counts.reduce((sum, count) => {
    const share = count / values.length
    return share > 0 ? sum - share * Math.log(share) : sum
  }, 0)
}
