import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { mean, type Numbers, quantiles, requireFinite } from './summary.js'

/** An estimate with the ends of its confidence interval. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** How a bootstrap resamples. */
export interface BootstrapOptions {
  /** Nominal coverage, between 0 and 1. Default: 0.95. */
  readonly level?: number
  /** How many resamples are drawn. Default: 2000. */
  readonly resamples?: number
  /**
   * Seed of the resampling, a whole number from 0 to 2⁵³ − 1. Default: 0. Equal seeds draw the same resamples, different seeds
   * different ones.
   */
  readonly seed?: number
}

/** A number computed from a sample, which it must not keep: the array is reused for the next resample. */
export type Statistic = (values: Numbers) => number

/**
 * The percentile bootstrap interval of `statistic` over independent `values`
 * (Efron and Tibshirani 1993, chapter 13).
 *
 * @param options.statistic what is estimated. Default: the mean.
 * @throws RangeError when `values` is empty or not finite, or an option is out of range.
 * @example
 * const { estimate, low, high } = bootstrapInterval([0.8, 0.9, 0.7, 0.95], { seed: 1 })
 */
export function bootstrapInterval(
  values: Numbers,
  { statistic, ...options }: BootstrapOptions & { readonly statistic?: Statistic } = {},
): Interval {
  requireFinite('values', values)
  const replicate = replicateOf(values, statistic)
  return percentileInterval((statistic ?? mean)(values), values.length, options, replicate)
}

/**
 * The percentile bootstrap interval of `statistic(a) − statistic(b)` where `a[i]` and `b[i]` were measured on
 * the same unit: units are resampled as pairs, so what they have in common cancels.
 *
 * @throws RangeError when the lengths differ, a value is not finite, or an option is out of range.
 * @example
 * const { estimate, low, high } = pairedBootstrapDifference([0.8, 0.9, 0.7], [0.7, 0.9, 0.5], { seed: 1 })
 */
export function pairedBootstrapDifference(
  a: Numbers,
  b: Numbers,
  { statistic, ...options }: BootstrapOptions & { readonly statistic?: Statistic } = {},
): Interval {
  requireFinite('a', a)
  requireFinite('b', b)
  if (a.length !== b.length) {
    throw new RangeError(`a has ${a.length} values and b has ${b.length}: pairs need equally many`)
  }
  const [ofA, ofB] = [replicateOf(a, statistic), replicateOf(b, statistic)]
  const estimate = (statistic ?? mean)(a) - (statistic ?? mean)(b)
  return percentileInterval(estimate, a.length, options, (drawn) => ofA(drawn) - ofB(drawn))
}

/** The mean of the values with the numbers `drawn`. */
export function resampledMean(values: Numbers, drawn: Int32Array): number {
  let sum = 0
  for (let i = 0; i < drawn.length; i++) sum += values[drawn[i]!]!
  return sum / drawn.length
}

/** The statistic of a resample; of the mean, which is drawn most, without writing the resample down. */
function replicateOf(values: Numbers, statistic: Statistic | undefined): (drawn: Int32Array) => number {
  if (statistic === undefined) return (drawn) => resampledMean(values, drawn)
  const resample = new Float64Array(values.length)
  return (drawn) => {
    for (let i = 0; i < drawn.length; i++) resample[i] = values[drawn[i]!]!
    return statistic(resample)
  }
}

/**
 * The percentile interval around `estimate` of a replicate computed from resampled unit numbers `drawn` in
 * [0, units); `drawn` is reused between calls.
 */
export function percentileInterval(
  estimate: number,
  units: number,
  { level = 0.95, resamples = 2000, seed = 0 }: BootstrapOptions,
  replicate: (drawn: Int32Array) => number,
): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`level is ${level}: it must lie between 0 and 1`)
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`resamples is ${resamples}: a whole number of at least 1 is needed`)
  }
  const random = resampler(seed)
  // Multiplying is five times as fast as rejection and off from uniform by at most units / 2³².
  const scale = units / 2 ** 32
  const drawn = new Int32Array(units)
  const replicates = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < units; i++) drawn[i] = (random.next() >>> 0) * scale
    replicates[r] = replicate(drawn)
  }
  const [low, high] = quantiles(replicates, [(1 - level) / 2, (1 + level) / 2])
  return { estimate, low: low!, high: high! }
}

/** A generator whose state holds all 53 bits of the seed, so that no two seeds share their draws. */
function resampler(seed: number): RandomGenerator {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed is ${seed}: a whole number from 0 to 2⁵³ − 1 is needed`)
  }
  const low = seed | 0
  const high = Math.floor(seed / 2 ** 32)
  // Below 2³² this is the generator's own seeding.
  const random = xoroshiro128plusFromState([~high, ~low, low, high])
  random.jump() // away from the first draws, where the bits of the seed still show
  return random
}
