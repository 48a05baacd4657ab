import { correlation } from './correlation.js'
import { type Numbers, requireFinite } from './summary.js'

/**
 * The ranks of `values` from 1, ties sharing the mean of the ranks they span, as Spearman's correlation needs; d3's `rank` gives all
 * of them the lowest.
 */
export function ranks(values: Numbers): Float64Array {
  // Sorting numbers without a comparison of one's own is several times as fast.
  const sorted = Float64Array.from(values).sort()
  /** By the first place of a run of equal values in `sorted`, the rank that they share. */
  const shared = new Float64Array(sorted.length)
  for (let first = 0; first < sorted.length; ) {
    let end = first + 1
    while (end < sorted.length && sorted[end] === sorted[first]) end++
    shared[first] = (first + end + 1) / 2
    first = end
  }
  return Float64Array.from(values, (value) => shared[placeOf(value, sorted)]!)
}

/** The first place in ascending values that does not lie below one of them. */
function placeOf(value: number, sorted: Float64Array): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Spearman's rank correlation of the pairs `(x[i], y[i])`, in [−1, 1], and NaN where one side is constant.
 *
 * @throws RangeError when the lengths differ, there are fewer than two pairs, or a value is not finite.
 * @example
 * rankCorrelation([1, 2, 3], [10, 20, 15]) // 0.5
 */
export function rankCorrelation(x: Numbers, y: Numbers): number {
  requireFinite('x', x)
  requireFinite('y', y)
  return correlation(ranks(x), ranks(y))
}
