import { correlation } from '../statistics/correlation.js'
import { ranks } from '../statistics/rank-correlation.js'
import { topChances } from './top-share.js'

/**
 * How alike two explanations rank pixels: Spearman's correlation, ties sharing their mean rank, in [−1, 1], chance 0; 0 where one of
 * them is everywhere the same, which ranks nothing.
 *
 * @throws RangeError when the lengths differ, there are fewer than two pixels, or a value is not finite
 * @example
 * rankAgreement(Float32Array.of(1, 2, 3), Float32Array.of(10, 20, 15)) // 0.5
 */
export const rankAgreement = (a: Float32Array, b: Float32Array): number =>
  agreementOfRanks(ranks(a), ranks(b))

/** As `rankAgreement`, of ranks. */
export const agreementOfRanks = (a: Float64Array, b: Float64Array): number => correlation(a, b) || 0

/**
 * How many of the k most relevant pixels two explanations share, by k, in [0, 1], chance k / pixels; equal pixels at the border are
 * each as likely to be among the k, in either explanation by itself, so that a map of zeros scores chance.
 *
 * @param k a whole number from 1 to the number of pixels
 * @throws RangeError when the lengths differ or k is out of range
 * @example
 * topAgreement(Float32Array.of(3, 2, 1), Float32Array.of(1, 3, 2), 2) // 0.5
 */
export function topAgreement(a: Float32Array, b: Float32Array, k: number): number {
  if (a.length !== b.length)
    throw new RangeError(
      `the explanations have ${a.length} and ${b.length} pixels; they must have equally many`,
    )
  if (!(Number.isInteger(k) && k >= 1 && k <= a.length))
    throw new RangeError(`k is ${k}; it must be a whole number from 1 to ${a.length}`)
  return agreementOfChances(topChances(a, k), topChances(b, k), k)
}

/** As `topAgreement`, of how likely each pixel is among the k most relevant. */
export const agreementOfChances = (a: Float64Array, b: Float64Array, k: number): number =>
  a.reduce((sum, chance, i) => sum + chance * b[i]!, 0) / k
