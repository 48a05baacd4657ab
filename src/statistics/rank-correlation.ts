import { mean, type Numbers, requireFinite } from './summary.js'

/**
 * The ranks of `values` from 1, ties sharing the mean of the ranks they span, as Spearman's correlation needs; d3's `rank` gives all
 * of them the lowest.
 */
export function ranks(values: Numbers): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!)
  const result = new Float64Array(values.length)
  for (let first = 0; first < order.length; ) {
    let last = first
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++
    for (let k = first; k <= last; k++) result[order[k]!] = (first + last) / 2 + 1
    first = last + 1
  }
  return result
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
  if (x.length !== y.length)
    throw new RangeError(`x has ${x.length} values and y has ${y.length}: pairs need equally many`)
  if (x.length < 2) throw new RangeError('a rank correlation needs at least two pairs')
  const a = ranks(x)
  const b = ranks(y)
  const centre = mean(a) // both sides have the mean rank (n + 1) / 2
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let i = 0; i < a.length; i++) {
    product += (a[i]! - centre) * (b[i]! - centre)
    squaresA += (a[i]! - centre) ** 2
    squaresB += (b[i]! - centre) ** 2
  }
  return product / Math.sqrt(squaresA * squaresB)
}
