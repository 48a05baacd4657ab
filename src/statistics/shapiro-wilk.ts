import { normalCdf, normalQuantile } from './distributions.js'
import { squaresOf } from './pairs.js'
import { type Numbers, requireFinite } from './summary.js'

/** A test of normality. */
export interface ShapiroWilk {
  /** W, in (0, 1]: 1 for values that lie as those of a normal distribution do. */
  readonly w: number
  readonly p: number
}

/**
 * Shapiro and Wilk's test that values come from a normal distribution, by Royston's approximation for 3 to 5000 values (Royston 1995,
 * "Algorithm AS R94").
 *
 * @throws RangeError for fewer than 3 or more than 5000 values, values that are all the same, or one that is not finite.
 */
export function shapiroWilk(values: Numbers): ShapiroWilk {
  requireFinite('values', values)
  const n = values.length
  if (n < 3 || n > 5000) throw new RangeError(`values has ${n} values: 3 to 5000 are needed`)
  const sorted = Float64Array.from(values).sort()
  const squares = squaresOf(sorted)
  if (sorted[0] === sorted[n - 1]) throw new RangeError(`all values are ${sorted[0]}: they have to vary`)
  const weights = weightsOf(n)
  let weighted = 0
  for (const [i, weight] of weights.entries()) weighted += weight * (sorted[n - 1 - i]! - sorted[i]!)
  const w = Math.min(1, weighted ** 2 / squares)
  return { w, p: tailOf(w, n) }
}

/** The weights of the differences between the ends, from the outermost inwards. */
function weightsOf(n: number): Float64Array {
  if (n === 3) return Float64Array.of(Math.SQRT1_2)
  const expected = Float64Array.from(
    { length: Math.floor(n / 2) },
    (_, i) => -normalQuantile((i + 1 - 0.375) / (n + 0.25)),
  )
  const size = 2 * expected.reduce((sum, value) => sum + value * value, 0)
  const [first, second] = [expected[0]!, expected[1]!]
  const u = 1 / Math.sqrt(n)
  const outermost =
    first / Math.sqrt(size) + polynomial(u, [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056])
  const next =
    second / Math.sqrt(size) + polynomial(u, [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633])
  const rest =
    n > 5
      ? (size - 2 * first ** 2 - 2 * second ** 2) / (1 - 2 * outermost ** 2 - 2 * next ** 2)
      : (size - 2 * first ** 2) / (1 - 2 * outermost ** 2)
  return expected.map((value, i) => {
    if (i === 0) return outermost
    return i === 1 && n > 5 ? next : value / Math.sqrt(rest)
  })
}

/** How likely a normal sample has a W so low. */
function tailOf(w: number, n: number): number {
  if (n === 3) return Math.max(0, (6 / Math.PI) * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75))))
  const y = Math.log(1 - w)
  if (n <= 11) {
    const gamma = polynomial(n, [-2.273, 0.459])
    if (y >= gamma) return 0
    const centre = polynomial(n, [0.544, -0.39978, 0.025054, -6.714e-4])
    const spread = Math.exp(polynomial(n, [1.3822, -0.77857, 0.062767, -0.0020322]))
    return normalCdf((centre + Math.log(gamma - y)) / spread)
  }
  const x = Math.log(n)
  const centre = polynomial(x, [-1.5861, -0.31082, -0.083751, 0.0038915])
  const spread = Math.exp(polynomial(x, [-0.4803, -0.082676, 0.0030302]))
  return normalCdf((centre - y) / spread)
}

/** Σ coefficients[i] xⁱ. */
const polynomial = (x: number, coefficients: readonly number[]): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
