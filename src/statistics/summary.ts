/** Any list of numbers: an array, a typed array, or an arquero column's array. */
export type Numbers = ArrayLike<number>

/** Throws a RangeError naming `name` unless it holds at least one value and only finite ones. */
export function requireFinite(name: string, values: Numbers): void {
  if (values.length === 0) throw new RangeError(`${name} is empty: at least one number is needed`)
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name}[${i}] is ${values[i]}: only finite numbers are allowed`)
    }
  }
}

/** The arithmetic mean of `values`, NaN when there are none. */
export function mean(values: Numbers): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** The sample standard deviation of `values` (divided by n − 1), 0 for a single value, NaN for none. */
export function standardDeviation(values: Numbers): number {
  const n = values.length
  if (n < 2) return n === 1 ? 0 : Number.NaN
  const centre = mean(values)
  let sum = 0
  for (let i = 0; i < n; i++) sum += (values[i]! - centre) ** 2
  return Math.sqrt(sum / (n - 1))
}

/** The difference between the largest and the smallest of `values`, NaN when there are none. */
export function range(values: Numbers): number {
  if (values.length === 0) return Number.NaN
  let low = values[0]!
  let high = low
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!
    if (value < low) low = value
    if (value > high) high = value
  }
  return high - low
}

/**
 * The quantile of `values` at `probability` in [0, 1], interpolated linearly between order statistics
 * (Hyndman and Fan's type 7, the default of NumPy and R).
 *
 * @throws RangeError when `values` is empty or not finite, or `probability` lies outside [0, 1].
 */
export function quantile(values: Numbers, probability: number): number {
  return quantiles(values, [probability])[0]!
}

/** The quantiles of `values` at each of `probabilities`, sorting once; see `quantile`. */
export function quantiles(values: Numbers, probabilities: readonly number[]): number[] {
  requireFinite('values', values)
  const sorted = Float64Array.from(values).sort()
  return probabilities.map((probability) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw new RangeError(`probability is ${probability}: it must lie between 0 and 1`)
    }
    const position = (sorted.length - 1) * probability
    const below = Math.floor(position)
    const above = Math.min(below + 1, sorted.length - 1)
    return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!)
  })
}
