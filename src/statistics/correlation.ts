import { type BootstrapOptions, type Interval, percentileInterval } from './bootstrap.js'
import { type Numbers, requireFinite } from './summary.js'

/** When a side of the pairs counts as constant. */
export interface CorrelationOptions {
  /**
   * The standard deviation, as a share of the largest size of a value, up to which a side is constant but for rounding. Default: 1e-12,
   * for double precision.
   */
  readonly rounding?: number
}

/** The pairs `(x[i], y[i])` that were measured on one unit. */
export interface Pairs {
  readonly x: Numbers
  readonly y: Numbers
}

/** For values that were computed in single precision. */
export const SINGLE_ROUNDING = 1e-6

/**
 * Pearson's correlation of the pairs `(x[i], y[i])`, in [−1, 1], and NaN where one side is constant.
 *
 * @throws RangeError when the lengths differ, there are fewer than two pairs, or a value is not finite.
 * @example
 * correlation([1, 2, 3], [2, 4, 6]) // 1
 */
export function correlation(x: Numbers, y: Numbers, options: CorrelationOptions = {}): number {
  const together = correlationOver([{ x, y }], options)
  if (x.length < 2) throw new RangeError('a correlation needs at least two pairs')
  return together(Int32Array.of(0))
}

/**
 * Pearson's correlation of the pairs of all units together, with its percentile bootstrap interval over units, whose pairs depend on
 * one another; 0 where one side is constant, as it may be in a resample: what never differs tells nothing of the other side.
 *
 * @throws RangeError when there is no unit, the lengths of one differ, one is empty, a value is not finite, or an option is out of range.
 */
export function pooledCorrelation(
  units: readonly Pairs[],
  { rounding, ...options }: BootstrapOptions & CorrelationOptions = {},
): Interval {
  if (units.length === 0) throw new RangeError('there is no unit: at least one is needed')
  const together = correlationOver(units, rounding === undefined ? {} : { rounding })
  const orZero = (drawn: Int32Array) => together(drawn) || 0
  const all = Int32Array.from(units, (_, unit) => unit)
  return percentileInterval(orZero(all), units.length, options, orZero)
}

/** Sums a unit: of its pairs, their values, squares and products. */
const SUMS = 6

/** The correlation of the pairs of drawn units, from the sums of each, taken around the means of all so that little is lost. */
function correlationOver(
  units: readonly Pairs[],
  { rounding = 1e-12 }: CorrelationOptions,
): (drawn: Int32Array) => number {
  for (const { x, y } of units) {
    requireFinite('x', x)
    requireFinite('y', y)
    if (x.length !== y.length)
      throw new RangeError(`x has ${x.length} values and y has ${y.length}: pairs need equally many`)
  }
  const [ofX, ofY] = [sideOf(units, 'x'), sideOf(units, 'y')]
  const sums = new Float64Array(units.length * SUMS)
  for (const [unit, { x, y }] of units.entries()) {
    let [sumX, sumY, squaresX, squaresY, products] = [0, 0, 0, 0, 0]
    for (let i = 0; i < x.length; i++) {
      const dx = x[i]! - ofX.mean
      const dy = y[i]! - ofY.mean
      sumX += dx
      sumY += dy
      squaresX += dx * dx
      squaresY += dy * dy
      products += dx * dy
    }
    sums.set([x.length, sumX, sumY, squaresX, squaresY, products], unit * SUMS)
  }
  const totals = new Float64Array(SUMS)
  return (drawn) => {
    totals.fill(0)
    for (let i = 0; i < drawn.length; i++)
      for (let k = 0; k < SUMS; k++) totals[k]! += sums[drawn[i]! * SUMS + k]!
    const [count, x, y, xx, yy, xy] = totals as unknown as [number, number, number, number, number, number]
    const [varianceX, varianceY] = [xx / count - (x / count) ** 2, yy / count - (y / count) ** 2]
    const isConstant = (variance: number, largest: number) => variance <= (rounding * largest) ** 2
    if (isConstant(varianceX, ofX.largest) || isConstant(varianceY, ofY.largest)) return Number.NaN
    const covariance = xy / count - (x * y) / count ** 2
    return Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceX) / Math.sqrt(varianceY)))
  }
}

/** The mean of one side of all pairs, and the largest size of a value. */
function sideOf(
  units: readonly Pairs[],
  side: keyof Pairs,
): { readonly mean: number; readonly largest: number } {
  let [sum, count, largest] = [0, 0, 0]
  for (const unit of units)
    for (const value of unit[side]) {
      sum += value
      count++
      largest = Math.max(largest, Math.abs(value))
    }
  return { mean: sum / count, largest }
}
