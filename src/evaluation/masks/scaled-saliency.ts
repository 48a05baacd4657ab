/**
 * Saliency as the box tests compare it: |R|, moved and scaled so that the least is 0 and the greatest 1 (Ismail et al. 2019, 2020).
 *
 * A map without differences, such as one of zeros, marks nothing and becomes 0 everywhere.
 *
 * @param mask 1 for a relevant pixel and 0 for any other, of the same length
 * @returns values in [0, 1], in double precision
 * @throws RangeError when lengths differ, there is no pixel, relevance is not finite, or the mask is not of 0 and 1
 */
export function scaledSaliency(relevance: ArrayLike<number>, mask: ArrayLike<number>): Float64Array {
  if (relevance.length === 0 || relevance.length !== mask.length)
    throw new RangeError(
      `there are ${relevance.length} values of relevance and a mask of ${mask.length} pixels; as many of both are needed, at least one`,
    )
  const saliency = new Float64Array(relevance.length)
  let [low, high] = [Infinity, 0]
  for (let i = 0; i < saliency.length; i++) {
    if (!Number.isFinite(relevance[i]))
      throw new RangeError(`relevance is ${relevance[i]} at pixel ${i}; it must be finite`)
    if (mask[i] !== 0 && mask[i] !== 1)
      throw new RangeError(`the mask is ${mask[i]} at pixel ${i}; allowed are 0 and 1`)
    saliency[i] = Math.abs(relevance[i]!)
    low = Math.min(low, saliency[i]!)
    high = Math.max(high, saliency[i]!)
  }
  if (high === low) return saliency.fill(0)
  return saliency.map((value) => (value - low) / (high - low))
}
