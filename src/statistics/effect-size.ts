import type { Interval } from './bootstrap.js'
import { lnGamma, requireProbability } from './distributions.js'
import { noncentralityAt } from './noncentral-t.js'
import { differencesOf, squaresOf } from './pairs.js'
import { mean, type Numbers, requireFinite, standardDeviation } from './summary.js'

/** Beyond it, values do not vary but for rounding. */
const LARGEST_T = 500

/** An interval's level. */
export interface EffectSizeOptions {
  /** Nominal coverage, between 0 and 1. Default: 0.95. */
  readonly level?: number
}

/**
 * Cohen's d_z of pairs, the mean difference a − b by the standard deviation of the differences, with the interval by the noncentral t
 * distribution of d_z √n (Cumming and Finch 2001).
 *
 * @throws RangeError for fewer than two pairs, lists of different length, differences that are all the same, a value that is not finite,
 * a t beyond ±500, or a level outside (0, 1).
 */
export function cohensDz(a: Numbers, b: Numbers, { level = 0.95 }: EffectSizeOptions = {}): Interval {
  const differences = differencesOf(a, b, 2)
  const deviation = standardDeviation(differences)
  requireVariation(deviation)
  return standardised(
    mean(differences) / deviation,
    Math.sqrt(differences.length),
    differences.length - 1,
    level,
  )
}

/**
 * Hedges' g of two independent lists, the difference of their means by the pooled standard deviation and times
 * J = Γ(df/2) / (√(df/2) Γ((df − 1)/2)), df = n₁ + n₂ − 2, which makes it unbiased (Hedges 1981); the interval is that of d by the
 * noncentral t distribution, times J.
 *
 * @throws RangeError for fewer than two values in a list, lists that do not vary, a value that is not finite, a t beyond
 * ±500, or a level outside (0, 1).
 */
export function hedgesG(a: Numbers, b: Numbers, { level = 0.95 }: EffectSizeOptions = {}): Interval {
  for (const [name, values] of [['a', a] as const, ['b', b] as const]) {
    requireFinite(name, values)
    if (values.length < 2) throw new RangeError(`${name} has 1 value: at least two are needed`)
  }
  const df = a.length + b.length - 2
  const deviation = Math.sqrt((squaresOf(a) + squaresOf(b)) / df)
  requireVariation(deviation)
  const weight = Math.sqrt((a.length * b.length) / (a.length + b.length))
  const { estimate, low, high } = standardised((mean(a) - mean(b)) / deviation, weight, df, level)
  const unbiased = Math.exp(lnGamma(df / 2) - lnGamma((df - 1) / 2)) / Math.sqrt(df / 2)
  return { estimate: unbiased * estimate, low: unbiased * low, high: unbiased * high }
}

/** The interval of d, where t = d · weight has the noncentrality of the true d · weight. */
function standardised(estimate: number, weight: number, df: number, level: number): Interval {
  requireProbability('level', level)
  const t = Math.abs(estimate * weight)
  if (t > LARGEST_T)
    throw new RangeError(`t is ${t}: an effect has an interval where t is at most ${LARGEST_T}`)
  const at = (probability: number) => noncentralityAt(estimate * weight, df, probability) / weight
  return { estimate, low: at((1 + level) / 2), high: at((1 - level) / 2) }
}

function requireVariation(deviation: number): void {
  if (!(deviation > 0)) throw new RangeError('the standard deviation is 0: the values have to vary')
}
