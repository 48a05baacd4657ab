import { mean, type Numbers, requireFinite } from './summary.js'

/**
 * Pearson's correlation of the pairs `(x[i], y[i])`, in [−1, 1], and NaN where one side is constant.
 *
 * @throws RangeError when the lengths differ, there are fewer than two pairs, or a value is not finite.
 * @example
 * correlation([1, 2, 3], [2, 4, 6]) // 1
 */
export function correlation(x: Numbers, y: Numbers): number {
  requireFinite('x', x)
  requireFinite('y', y)
  if (x.length !== y.length)
    throw new RangeError(`x has ${x.length} values and y has ${y.length}: pairs need equally many`)
  if (x.length < 2) throw new RangeError('a correlation needs at least two pairs')
  const [centreX, centreY] = [mean(x), mean(y)]
  let product = 0
  let squaresX = 0
  let squaresY = 0
  for (let i = 0; i < x.length; i++) {
    product += (x[i]! - centreX) * (y[i]! - centreY)
    squaresX += (x[i]! - centreX) ** 2
    squaresY += (y[i]! - centreY) ** 2
  }
  // What rounding leaves of equal values is no spread.
  const isFlat = (squares: number, centre: number) => squares <= 1e-24 * x.length * centre * centre
  if (isFlat(squaresX, centreX) || isFlat(squaresY, centreY)) return Number.NaN
  return Math.max(-1, Math.min(1, product / Math.sqrt(squaresX) / Math.sqrt(squaresY)))
}
