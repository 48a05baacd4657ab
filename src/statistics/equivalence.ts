import type { Interval } from './bootstrap.js'
import { requireProbability, tCdf, tQuantile } from './distributions.js'
import { differencesOf, squaresOf } from './pairs.js'
import { mean, type Numbers, requireFinite, standardDeviation } from './summary.js'

/** What was fixed before a test of equivalence. */
export interface EquivalenceOptions {
  /** The difference, above 0 and in the unit of the values, up to which a and b count as equivalent; fixed before the values are seen. */
  readonly margin: number
  /** Default: 0.05. */
  readonly alpha?: number
}

/** Two one-sided tests, and the interval of level 1 − 2α that lies within ±margin where both reject. */
export interface Equivalence extends Interval {
  readonly margin: number
  readonly df: number
  /** Of the hypothesis that the difference is −margin or less. */
  readonly pLower: number
  /** Of the hypothesis that the difference is margin or more. */
  readonly pUpper: number
  /** The larger of both. */
  readonly p: number
  /** Whether p lies below α. */
  readonly isEquivalent: boolean
}

/**
 * Whether two means over pairs, such as accuracies over seeds, differ by less than a margin, by two one-sided t tests (Schuirmann 1987).
 *
 * @throws RangeError for fewer than two pairs, lists of different length, differences that are all the same, a value that is not finite,
 * a margin of 0 or less, or α outside (0, 0.5).
 */
export function pairedEquivalence(a: Numbers, b: Numbers, options: EquivalenceOptions): Equivalence {
  const differences = differencesOf(a, b, 2)
  const error = standardDeviation(differences) / Math.sqrt(differences.length)
  return twoOneSided(mean(differences), error, differences.length - 1, options)
}

/**
 * Whether the means of two independent lists differ by less than a margin, by two one-sided tests of Welch's, whose variances may differ.
 *
 * @throws RangeError for fewer than two values in a list, and as `pairedEquivalence` does.
 */
export function independentEquivalence(a: Numbers, b: Numbers, options: EquivalenceOptions): Equivalence {
  const [ofA, ofB] = [varianceOfMean('a', a), varianceOfMean('b', b)]
  const df = (ofA + ofB) ** 2 / (ofA ** 2 / (a.length - 1) + ofB ** 2 / (b.length - 1))
  return twoOneSided(mean(a) - mean(b), Math.sqrt(ofA + ofB), df, options)
}

function varianceOfMean(name: string, values: Numbers): number {
  requireFinite(name, values)
  if (values.length < 2) throw new RangeError(`${name} has 1 value: at least two are needed`)
  return squaresOf(values) / (values.length - 1) / values.length
}

function twoOneSided(
  estimate: number,
  error: number,
  df: number,
  { margin, alpha = 0.05 }: EquivalenceOptions,
): Equivalence {
  if (!(margin > 0 && Number.isFinite(margin)))
    throw new RangeError(`margin is ${margin}: a finite difference above 0 is needed`)
  requireProbability('alpha', alpha)
  if (alpha >= 0.5) throw new RangeError(`alpha is ${alpha}: it must lie below 0.5`)
  if (!(error > 0)) throw new RangeError('the values do not vary: their error has to be above 0')
  const pLower = tCdf(-(estimate + margin) / error, df)
  const pUpper = tCdf((estimate - margin) / error, df)
  const p = Math.max(pLower, pUpper)
  const reach = tQuantile(1 - alpha, df) * error
  return {
    estimate,
    low: estimate - reach,
    high: estimate + reach,
    margin,
    df,
    pLower,
    pUpper,
    p,
    isEquivalent: p < alpha,
  }
}
