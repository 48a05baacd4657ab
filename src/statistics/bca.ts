import type { BootstrapOptions, Interval, Statistic } from './bootstrap.js'
import { normalCdf, normalQuantile, requireProbability } from './distributions.js'
import { resamplingOf } from './resampling.js'
import { mean, type Numbers, quantiles, requireFinite } from './summary.js'

/** What a bias-corrected and accelerated interval is computed from. */
export interface BcaParts {
  /** The statistic of the sample. */
  readonly estimate: number
  /** The statistic of each resample. */
  readonly replicates: Numbers
  /** The statistic of the sample without its value i. */
  readonly jackknife: Numbers
  /** Nominal coverage, between 0 and 1. Default: 0.95. */
  readonly level?: number
}

/** An interval with what moved its ends away from those of the percentile interval. */
export interface BcaInterval extends Interval {
  /** z₀, in standard deviations: 0 where half of the replicates lie below the estimate. */
  readonly bias: number
  /** a, a sixth of the skewness of the jackknife's values. */
  readonly acceleration: number
}

/**
 * The bias-corrected and accelerated bootstrap interval of `statistic` over independent `values` (Efron 1987, "Better bootstrap
 * confidence intervals").
 *
 * @param options.statistic what is estimated. Default: the mean.
 * @throws RangeError for fewer than two values, one that is not finite, an option out of range, or as `bcaOf` does.
 */
export function bcaInterval(
  values: Numbers,
  { statistic = mean, ...options }: BootstrapOptions & { readonly statistic?: Statistic } = {},
): BcaInterval {
  requireFinite('values', values)
  if (values.length < 2) throw new RangeError('values has 1 value: at least two are needed')
  const { level, resamples, draw } = resamplingOf(options)
  const resample = new Float64Array(values.length)
  const replicates = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < resample.length; i++) resample[i] = values[draw(values.length)]!
    return statistic(resample)
  })
  const without = new Float64Array(values.length - 1)
  const jackknife = Float64Array.from({ length: values.length }, (_, left) => {
    for (let i = 0; i < without.length; i++) without[i] = values[i < left ? i : i + 1]!
    return statistic(without)
  })
  return bcaOf({ estimate: statistic(values), replicates, jackknife, level })
}

/**
 * The interval of given replicates: their quantiles at Φ(z₀ + (z₀ + z) / (1 − a (z₀ + z))) for z = ±Φ⁻¹((1 + level) / 2), where Φ(z₀) is
 * the share of the replicates below the estimate, ties counted half, and a = Σ(m − θᵢ)³ / 6 (Σ(m − θᵢ)²)^1.5 over the jackknife's values
 * θᵢ and their mean m.
 *
 * @throws RangeError where all replicates lie on one side of the estimate, a number is not finite, or the level is out of range.
 */
export function bcaOf({ estimate, replicates, jackknife, level = 0.95 }: BcaParts): BcaInterval {
  requireFinite('estimate', [estimate])
  requireFinite('replicates', replicates)
  requireFinite('jackknife', jackknife)
  requireProbability('level', level)
  let below = 0
  for (const replicate of replicates) below += replicate < estimate ? 1 : replicate === estimate ? 0.5 : 0
  const share = below / replicates.length
  if (share === 0 || share === 1)
    throw new RangeError(
      `all ${replicates.length} replicates lie ${share === 0 ? 'above' : 'below'} the estimate ${estimate}: some are needed on both sides`,
    )
  const bias = share === 0.5 ? 0 : normalQuantile(share)
  const acceleration = accelerationOf(jackknife)
  const [low, high] = quantiles(
    replicates,
    [(1 - level) / 2, (1 + level) / 2].map((probability) => {
      const z = bias + normalQuantile(probability)
      return normalCdf(bias + z / (1 - acceleration * z))
    }),
  )
  return { estimate, low: low!, high: high!, bias, acceleration }
}

function accelerationOf(jackknife: Numbers): number {
  const centre = mean(jackknife)
  let [squares, cubes] = [0, 0]
  for (const value of jackknife) {
    squares += (centre - value) ** 2
    cubes += (centre - value) ** 3
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}
