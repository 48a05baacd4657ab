import { checkRelevance } from './check-relevance.js'

/**
 * Images whose most relevant pixels are removed, a larger share each time (Samek et al. 2017).
 *
 * @param x `[batch, rows, columns]`
 * @param relevance of the same shape; pixels of equal relevance go in their order
 * @param fractions shares of the pixels that are removed, ascending in [0, 1]
 * @param background what a removed pixel becomes
 * @yields the images after each fraction, in one array that is used again for the next
 * @throws RangeError when lengths differ, relevance is not finite, or fractions do not ascend in [0, 1]
 */
export function* flippedPixels(
  x: Float32Array,
  relevance: Float32Array,
  [batch, rows, columns]: readonly [number, number, number],
  fractions: readonly number[],
  background: number,
): Generator<Float32Array> {
  const pixels = rows * columns
  if (x.length !== batch * pixels || relevance.length !== x.length)
    throw new RangeError(
      `there are ${x.length} pixels and ${relevance.length} relevances for [${batch}, ${rows}, ${columns}]`,
    )
  checkRelevance(relevance, [batch, rows, columns], (sequence) => `the relevance of sequence ${sequence}`)
  for (const [i, fraction] of fractions.entries())
    if (!(fraction >= (fractions[i - 1] ?? 0) && fraction <= 1))
      throw new RangeError(`fractions are ${fractions.join(', ')}; they must ascend in [0, 1]`)

  const orders = Array.from({ length: batch }, (_, sequence) => {
    const own = relevance.subarray(sequence * pixels, (sequence + 1) * pixels)
    return Uint32Array.from(own.keys()).sort((a, b) => own[b]! - own[a]! || a - b)
  })
  yield* flippedInOrder(x, orders, fractions, () => background)
}

/**
 * Images whose pixels are replaced in an order, a larger share each time.
 *
 * @param x `[batch, rows, columns]`
 * @param orders of each sequence, its pixels in the order in which they go
 * @param fractions shares of the pixels that are replaced, ascending in [0, 1]
 * @param replacement what the pixel at a place of `x` becomes
 * @yields the images after each fraction, in one array that is used again for the next
 */
export function* flippedInOrder(
  x: Float32Array,
  orders: readonly Uint32Array[],
  fractions: readonly number[],
  replacement: (place: number) => number,
): Generator<Float32Array> {
  const pixels = x.length / orders.length
  const flipped = x.slice()
  let removed = 0
  for (const fraction of fractions) {
    const next = Math.round(fraction * pixels)
    for (const [sequence, order] of orders.entries())
      for (const pixel of order.subarray(removed, next)) {
        const place = sequence * pixels + pixel
        flipped[place] = replacement(place)
      }
    removed = next
    yield flipped
  }
}
