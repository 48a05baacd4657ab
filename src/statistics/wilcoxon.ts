import { normalCdf } from './distributions.js'
import { differencesOf } from './pairs.js'
import { ranks } from './rank-correlation.js'
import type { Numbers } from './summary.js'

/** Up to how many pairs the distribution is counted out; all 2⁵⁰ signs are whole numbers in double precision. */
const EXACT_PAIRS = 50

/** A signed-rank test, and what it could not rank. */
export interface SignedRankTest {
  /** The sum of the ranks of the positive differences. */
  readonly positive: number
  /** The sum of the ranks of the negative differences. */
  readonly negative: number
  /** (positive − negative) / (positive + negative), in [−1, 1]: the matched-pairs rank-biserial correlation. */
  readonly rankBiserial: number
  /** Two-sided. */
  readonly p: number
  readonly method: 'exact' | 'normal'
  /** How many pairs have a difference other than 0, which are those that are ranked. */
  readonly ranked: number
  /** How many differences are 0 and are left out, as Wilcoxon does. */
  readonly zeros: number
  /** How many ranked differences share their size with another. */
  readonly ties: number
}

/**
 * Wilcoxon's two-sided signed-rank test of differences a − b that lie evenly around 0: exact where no difference is 0, none ties in size
 * with another and there are up to 50; else by the normal distribution, its variance corrected for ties, without correction for
 * continuity.
 *
 * @throws RangeError when there are no pairs, all differences are 0, the lengths differ or a value is not finite.
 */
export function wilcoxonSignedRank(a: Numbers, b: Numbers): SignedRankTest {
  const all = differencesOf(a, b, 1)
  const differences = all.filter((difference) => difference !== 0)
  const n = differences.length
  if (n === 0) throw new RangeError(`all ${all.length} differences are 0: at least one other is needed`)
  const sizes = differences.map(Math.abs)
  const rank = ranks(sizes)
  const positive = rank.reduce((sum, value, i) => (differences[i]! > 0 ? sum + value : sum), 0)
  const negative = (n * (n + 1)) / 2 - positive
  const tied = [...countsOf(sizes).values()].filter((count) => count > 1)
  const ties = tied.reduce((sum, count) => sum + count, 0)
  const zeros = all.length - n
  const isExact = zeros === 0 && ties === 0 && n <= EXACT_PAIRS
  const smaller = Math.min(positive, negative)
  return {
    positive,
    negative,
    rankBiserial: (positive - negative) / (positive + negative),
    p: Math.min(1, 2 * (isExact ? exactTail(smaller, n) : normalTail(smaller, n, tied))),
    method: isExact ? 'exact' : 'normal',
    ranked: n,
    zeros,
    ties,
  }
}

function countsOf(values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** P(sum of the ranks with a positive sign ≤ w) when each of 2ⁿ signs is as likely. */
function exactTail(w: number, n: number): number {
  const ways = new Float64Array(w + 1)
  ways[0] = 1
  for (let rank = 1; rank <= n; rank++) for (let sum = w; sum >= rank; sum--) ways[sum]! += ways[sum - rank]!
  return ways.reduce((sum, count) => sum + count, 0) / 2 ** n
}

function normalTail(w: number, n: number, tied: readonly number[]): number {
  const correction = tied.reduce((sum, count) => sum + count ** 3 - count, 0) / 48
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - correction
  return normalCdf((w - (n * (n + 1)) / 4) / Math.sqrt(variance))
}
