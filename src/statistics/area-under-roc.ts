import { ranks } from './rank-correlation.js'
import { type Numbers, requireFinite } from './summary.js'

/**
 * The area under the ROC curve of `values` that should be high where `positive` is 1, in [0, 1]: the share of the pairs of a positive
 * and a negative of which the positive has the higher value, ties counted half (Mann and Whitney's U by the number of pairs); 0.5
 * where there is no such pair.
 *
 * @throws RangeError when the lengths differ or a value is not finite.
 * @example
 * areaUnderRoc([3, 1, 2], [1, 0, 1]) // 1
 */
export function areaUnderRoc(values: Numbers, positive: ArrayLike<number>): number {
  if (values.length !== positive.length)
    throw new RangeError(`there are ${values.length} values and ${positive.length} flags: each needs its own`)
  requireFinite('values', values)
  const rank = ranks(values)
  let [positives, sum] = [0, 0]
  for (let i = 0; i < rank.length; i++) {
    if (positive[i] !== 1) continue
    positives++
    sum += rank[i]!
  }
  const pairs = positives * (values.length - positives)
  return pairs === 0 ? 0.5 : (sum - (positives * (positives + 1)) / 2) / pairs
}
