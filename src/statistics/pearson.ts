import { type BootstrapOptions, type Interval, percentileInterval } from './bootstrap.js'
import { type Numbers, requireFinite } from './summary.js'

/** The pairs `(x[i], y[i])` that were measured on one unit. */
export interface Pairs {
  readonly x: Numbers
  readonly y: Numbers
}

/** A spread up to this share of the largest value is rounding in single precision: that side counts as constant. */
const ROUNDING = 1e-6

/**
 * Pearson's correlation of the pairs `(x[i], y[i])`, in [−1, 1], and 0 where one side is constant but for rounding: what never differs
 * tells nothing of the other side.
 *
 * @throws RangeError when the lengths differ, there is no pair, or a value is not finite.
 */
export const pearson = (x: Numbers, y: Numbers): number => correlationOver([{ x, y }])(Int32Array.of(0))

/**
 * Pearson's correlation of the pairs of all units together, with its percentile bootstrap interval over units, whose pairs depend on
 * one another.
 *
 * @throws RangeError as `pearson` does, and for an option out of range.
 */
export function pooledPearson(units: readonly Pairs[], options: BootstrapOptions = {}): Interval {
  const correlation = correlationOver(units)
  const all = Int32Array.from(units, (_, unit) => unit)
  return percentileInterval(correlation(all), units.length, options, correlation)
}

/** Sums a unit: of its pairs, their values, squares and products. */
const SUMS = 6

/** The correlation of the pairs of drawn units, from the sums of each, taken around the means of all so that little is lost. */
function correlationOver(units: readonly Pairs[]): (drawn: Int32Array) => number {
  if (units.length === 0) throw new RangeError('there is no unit: at least one is needed')
  for (const { x, y } of units) {
    requireFinite('x', x)
    requireFinite('y', y)
    if (x.length !== y.length)
      throw new RangeError(`x has ${x.length} values and y has ${y.length}: pairs need equally many`)
  }
  const [ofX, ofY] = [sideOf(units, 'x'), sideOf(units, 'y')]
  const sums = new Float64Array(units.length * SUMS)
  for (const [unit, { x, y }] of units.entries())
    for (let i = 0; i < x.length; i++) {
      const [dx, dy] = [x[i]! - ofX.mean, y[i]! - ofY.mean]
      const parts = [1, dx, dy, dx * dx, dy * dy, dx * dy]
      for (let k = 0; k < SUMS; k++) sums[unit * SUMS + k]! += parts[k]!
    }
  const totals = new Float64Array(SUMS)
  return (drawn) => {
    totals.fill(0)
    for (let i = 0; i < drawn.length; i++)
      for (let k = 0; k < SUMS; k++) totals[k]! += sums[drawn[i]! * SUMS + k]!
    const [count, x, y, xx, yy, xy] = totals as unknown as [number, number, number, number, number, number]
    const [spreadX, spreadY] = [xx / count - (x / count) ** 2, yy / count - (y / count) ** 2]
    if (spreadX <= ofX.rounding || spreadY <= ofY.rounding) return 0
    const together = xy / count - (x * y) / count ** 2
    return Math.max(-1, Math.min(1, together / Math.sqrt(spreadX * spreadY)))
  }
}

/** The mean of one side of all pairs, and the variance that is rounding there. */
function sideOf(
  units: readonly Pairs[],
  side: keyof Pairs,
): { readonly mean: number; readonly rounding: number } {
  let [sum, count, largest] = [0, 0, 0]
  for (const unit of units)
    for (const value of unit[side]) {
      sum += value
      count++
      largest = Math.max(largest, Math.abs(value))
    }
  return { mean: sum / count, rounding: (ROUNDING * largest) ** 2 }
}
