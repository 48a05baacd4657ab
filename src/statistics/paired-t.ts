import type { Interval } from './bootstrap.js'
import { requireProbability, tQuantile, tTails } from './distributions.js'
import { differencesOf } from './pairs.js'
import { mean, type Numbers, standardDeviation } from './summary.js'

/** A t test with the interval of what it tests. */
export interface TTest extends Interval {
  readonly t: number
  readonly df: number
  /** Two-sided. */
  readonly p: number
}

/**
 * The two-sided t test of a mean difference a − b of 0 over pairs, such as seeds, with the difference's confidence interval; t is infinite
 * and p is 0 where all differences are the same, and NaN where all are 0.
 *
 * @throws RangeError for fewer than two pairs, lists of different length, a value that is not finite, or a level outside (0, 1).
 */
export function pairedT(a: Numbers, b: Numbers, { level = 0.95 }: { readonly level?: number } = {}): TTest {
  requireProbability('level', level)
  const differences = differencesOf(a, b, 2)
  const estimate = mean(differences)
  const df = differences.length - 1
  const error = standardDeviation(differences) / Math.sqrt(differences.length)
  const t = estimate / error
  const reach = tQuantile((1 + level) / 2, df) * error
  return { estimate, low: estimate - reach, high: estimate + reach, t, df, p: tTails(t, df) }
}
