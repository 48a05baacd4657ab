import { cosineSimilarity } from '../statistics/index.js'
import { itemRelevance } from './item-relevance.js'

/**
 * The poster's measure: the cosine similarity between the binary vector of relevant items and the items' relevance.
 *
 * @param relevance `[batch, rows, columns]`
 * @param relevant `[batch, items]`, 1 for a relevant item
 * @returns `[batch]` in [−1, 1]; 0 where an explanation names no item at all
 */
export function relevanceCosines(
  relevance: Float32Array,
  shape: readonly [number, number, number],
  relevant: ArrayLike<number>,
): Float64Array {
  const [batch] = shape
  const items = relevant.length / batch
  const sums = itemRelevance(relevance, shape, items)
  return Float64Array.from({ length: batch }, (_, sequence) => {
    const [start, end] = [sequence * items, (sequence + 1) * items]
    const wanted = Array.from({ length: items }, (_, item) => relevant[start + item]!)
    return cosineSimilarity(wanted, sums.subarray(start, end))
  })
}
