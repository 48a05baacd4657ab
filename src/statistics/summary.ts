import { deviation, extent, mean as meanOfNumbers, quantileSorted } from 'd3-array'

/** Any list of numbers: an array, a typed array, or an arquero column's array. */
export type Numbers = ArrayLike<number> & Iterable<number>

/** Throws a RangeError naming `name` unless it holds at least one value and only finite ones. */
export function requireFinite(name: string, values: Numbers): void {
  if (values.length === 0) throw new RangeError(`${name} is empty: at least one number is needed`)
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name}[${i}] is ${values[i]}: only finite numbers are allowed`)
    }
  }
}

/** The arithmetic mean of `values`, NaN when there are none or one of them is NaN. */
export const mean = (values: Numbers): number => ofAll(values, meanOfNumbers)

/** The sample standard deviation of `values` (divided by n − 1), 0 for a single value, NaN for none or where one is NaN. */
export const standardDeviation = (values: Numbers): number =>
  ofAll(values, (all) => (all.length === 1 ? 0 : deviation(all)))

/** The difference between the largest and the smallest of `values`, NaN when there are none or one of them is NaN. */
export const range = (values: Numbers): number =>
  ofAll(values, (all) => {
    const [low, high] = extent(all)
    return low === undefined ? undefined : high - low
  })

/**
 * The quantile of `values` at `probability` in [0, 1], interpolated linearly between order statistics
 * (Hyndman and Fan's type 7, the default of NumPy and R).
 *
 * @throws RangeError when `values` is empty or not finite, or `probability` lies outside [0, 1].
 * @example
 * quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(values: Numbers, probability: number): number {
  return quantiles(values, [probability])[0]!
}

/** The quantiles of `values` at each of `probabilities`, sorting once; see `quantile`. */
export function quantiles(values: Numbers, probabilities: readonly number[]): number[] {
  requireFinite('values', values)
  const sorted = Array.from(Float64Array.from(values).sort())
  return probabilities.map((probability) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`probability is ${probability}: it must lie between 0 and 1`)
    }
    return quantileSorted(sorted, probability)!
  })
}

/** d3's summaries leave NaN out, which would hide that a number is missing. */
function ofAll(values: Numbers, summary: (values: Numbers) => number | undefined): number {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return Number.NaN
  return summary(values) ?? Number.NaN
}
