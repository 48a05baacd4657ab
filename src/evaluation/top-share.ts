import { ascending } from './ascending.js'

/**
 * The share of the k highest values that lie where the mask is 1, in [0, 1]; of equal values at the border each is as likely to be
 * among the k, and the share is the expected one.
 *
 * @param k a whole number from 1 to the number of values
 */
export function topShare(values: Float32Array | Float64Array, mask: ArrayLike<number>, k: number): number {
  const threshold = k === 1 ? highest(values) : ascending(values)[values.length - k]!
  let [above, aboveOnMask, at, atOnMask] = [0, 0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > threshold) {
      above++
      aboveOnMask += mask[i]!
    } else if (values[i] === threshold) {
      at++
      atOnMask += mask[i]!
    }
  }
  return (aboveOnMask + ((k - above) * atOnMask) / at) / k
}

function highest(values: Float32Array | Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) most = Math.max(most, value)
  return most
}

/** How likely each value is among the k highest, `[values]`: 1 above the border, 0 below, and the same for all that lie on it. */
export function topChances(values: Float32Array | Float64Array, k: number): Float64Array {
  const threshold = ascending(values)[values.length - k]!
  let [above, at] = [0, 0]
  for (const value of values) {
    if (value > threshold) above++
    else if (value === threshold) at++
  }
  return Float64Array.from(values, (value) =>
    value > threshold ? 1 : value === threshold ? (k - above) / at : 0,
  )
}
