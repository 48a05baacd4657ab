import { type Numbers, requireFinite } from './summary.js'

/** Differences are rounded to 2⁻⁴⁴ of the largest size of a value, where double precision has 2⁻⁵³. */
const ROUNDING_BITS = 44

/**
 * The differences a[i] − b[i] of values that were measured on the same unit, such as one seed, rounded to 2⁻⁴⁴ of the largest value:
 * 0.8 − 0.7 and 0.3 − 0.2 are one difference, though not in double precision.
 *
 * @throws RangeError when the lengths differ, there are fewer than `least` pairs, or a value is not finite.
 */
export function differencesOf(a: Numbers, b: Numbers, least: number): Float64Array {
  requireFinite('a', a)
  requireFinite('b', b)
  if (a.length !== b.length)
    throw new RangeError(`a has ${a.length} values and b has ${b.length}: pairs need equally many`)
  if (a.length < least) throw new RangeError(`there are ${a.length} pairs: at least ${least} are needed`)
  const unit = 2 ** (Math.ceil(Math.log2(Math.max(largestOf(a), largestOf(b)))) - ROUNDING_BITS)
  // No unit is smaller than the least double, where rounding would divide by 0.
  return Float64Array.from(a, (value, i) =>
    unit > 0 ? Math.round((value - b[i]!) / unit) * unit : value - b[i]!,
  )
}

/** The largest size of a value. */
export function largestOf(values: Numbers): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return largest
}

/** The sum of the squared distances from the mean, 0 for values that are all the same. */
export function squaresOf(values: Numbers): number {
  // From the first value, so that a mean that is rounded leaves nothing.
  const first = values[0]!
  let sum = 0
  for (const value of values) sum += value - first
  const centre = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - first - centre) ** 2
  return squares
}
