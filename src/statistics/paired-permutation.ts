import { differencesOf } from './pairs.js'
import { resamplingOf } from './resampling.js'
import type { Numbers } from './summary.js'

/** Up to how many pairs all sign flips are gone through: 2²⁰ are a million. */
const EXACT_PAIRS = 20

/** A sign-flip test, and how many flips it is over. */
export interface PermutationTest {
  /** The mean difference a − b. */
  readonly estimate: number
  /** Two-sided: the share of flips whose mean lies at least as far from 0. */
  readonly p: number
  /** Whether all 2ⁿ flips were gone through, or some were drawn. */
  readonly method: 'exact' | 'Monte Carlo'
  /** How many flips p is a share of. */
  readonly flips: number
}

/**
 * The two-sided permutation test of a mean difference of 0 over pairs, whose signs are exchangeable when a and b do not differ: exact over
 * all 2ⁿ flips for up to 20 pairs, else over flips drawn by a seed, where p = (1 + as far) / (1 + drawn) is never 0 (Phipson and Smyth
 * 2010).
 *
 * @param options.resamples how many flips are drawn beyond 20 pairs. Default: 100000.
 * @throws RangeError for no pairs, lists of different length, a value that is not finite, or an option out of range.
 */
export function pairedPermutation(
  a: Numbers,
  b: Numbers,
  { resamples = 100_000, seed = 0 }: { readonly resamples?: number; readonly seed?: number } = {},
): PermutationTest {
  const { draw } = resamplingOf({ resamples, seed })
  const differences = differencesOf(a, b, 1)
  const sum = differences.reduce((sum, value) => sum + value, 0)
  const estimate = sum / differences.length
  // Flips that tie with the observed signs may be off by rounding.
  const least = Math.abs(sum) - 1e-12 * differences.reduce((sum, value) => sum + Math.abs(value), 0)
  if (differences.length <= EXACT_PAIRS) {
    const half = Math.ceil(differences.length / 2)
    const [first, second] = [
      signedSums(differences.subarray(0, half)),
      signedSums(differences.subarray(half)),
    ]
    let asFar = 0
    for (const x of first) for (const y of second) if (Math.abs(x + y) >= least) asFar++
    const flips = 2 ** differences.length
    return { estimate, p: asFar / flips, method: 'exact', flips }
  }
  let asFar = 1
  for (let r = 0; r < resamples; r++) {
    let flipped = 0
    for (const value of differences) flipped += draw(2) === 0 ? value : -value
    if (Math.abs(flipped) >= least) asFar++
  }
  return { estimate, p: asFar / (resamples + 1), method: 'Monte Carlo', flips: resamples + 1 }
}

/** The sums of `values` under all their signs. */
function signedSums(values: Float64Array): Float64Array {
  let sums = Float64Array.of(0)
  for (const value of values)
    sums = Float64Array.from(
      { length: 2 * sums.length },
      (_, i) => sums[i >> 1]! + (i % 2 === 0 ? value : -value),
    )
  return sums
}
