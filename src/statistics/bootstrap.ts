import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { mean, type Numbers, quantiles, requireFinite } from './summary.js'

/** An estimate with the ends of its confidence interval. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** How a bootstrap resamples. */
export interface BootstrapOptions {
  /** Nominal coverage, between 0 and 1; 0.95 by default. */
  readonly level?: number
  /** How many resamples are drawn; 2000 by default. */
  readonly resamples?: number
  /** Seed of the resampling, a whole number; 0 by default. Equal seeds give equal intervals. */
  readonly seed?: number
}

/** A number computed from a sample, which it must not keep: the array is reused for the next resample. */
export type Statistic = (values: Numbers) => number

/**
 * The percentile bootstrap interval of `statistic` (the mean by default) over independent `values`
 * (Efron and Tibshirani 1993, chapter 13).
 *
 * @throws RangeError when `values` is empty or not finite, or an option is out of range.
 */
export function bootstrapInterval(
  values: Numbers,
  { statistic = mean, ...options }: BootstrapOptions & { readonly statistic?: Statistic } = {},
): Interval {
  requireFinite('values', values)
  const resample = new Float64Array(values.length)
  return percentileInterval(statistic(values), values.length, options, (drawn) => {
    for (let i = 0; i < drawn.length; i++) resample[i] = values[drawn[i]!]!
    return statistic(resample)
  })
}

/**
 * The percentile bootstrap interval of `statistic(a) − statistic(b)` where `a[i]` and `b[i]` were measured on
 * the same unit: units are resampled as pairs, so what they have in common cancels.
 *
 * @throws RangeError when the lengths differ, a value is not finite, or an option is out of range.
 */
export function pairedBootstrapDifference(
  a: Numbers,
  b: Numbers,
  { statistic = mean, ...options }: BootstrapOptions & { readonly statistic?: Statistic } = {},
): Interval {
  requireFinite('a', a)
  requireFinite('b', b)
  if (a.length !== b.length) {
    throw new RangeError(`a has ${a.length} values and b has ${b.length}: pairs need equally many`)
  }
  const resampleA = new Float64Array(a.length)
  const resampleB = new Float64Array(b.length)
  return percentileInterval(statistic(a) - statistic(b), a.length, options, (drawn) => {
    for (let i = 0; i < drawn.length; i++) {
      const unit = drawn[i]!
      resampleA[i] = a[unit]!
      resampleB[i] = b[unit]!
    }
    return statistic(resampleA) - statistic(resampleB)
  })
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
  if (!Number.isInteger(seed)) throw new RangeError(`seed is ${seed}: a whole number is needed`)
  const random = xoroshiro128plus(seed)
  random.jump() // away from the first draws, where the 32 bits of the seed still show
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
