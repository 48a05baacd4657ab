import { requireDf } from './distributions.js'

/** The natural logarithm below which a weight, the largest being 1, is not summed. */
const NEGLIGIBLE = -40

/**
 * E g(S) where S = √(χ²/df) with `df` ≥ 1 degrees of freedom, as of an estimated standard deviation whose true value is 1; `steepness`
 * is how fast g changes with ln S, about the inverse of the width of its step.
 *
 * The trapezoidal rule over ln S, whose density is df·(u − (e²ᵘ − 1)/2) but for a constant: it is smooth and falls off at both ends,
 * so that the rule converges exponentially (Trefethen and Weideman 2014, "The exponentially convergent trapezoidal rule"). Weights are
 * divided by their sum, so that no Γ is needed.
 */
export function meanOverScale(df: number, steepness: number, g: (s: number) => number): number {
  requireDf('df', df)
  if (df < 1) throw new RangeError(`df is ${df}: at least 1 is needed`)
  const step = Math.min(0.1, 0.4 / Math.sqrt(2 * df + steepness ** 2))
  let [sum, weights] = [0, 0]
  for (const direction of [1, -1])
    for (let i = direction === 1 ? 0 : 1; ; i++) {
      const u = direction * i * step
      const logWeight = df * (u - Math.expm1(2 * u) / 2)
      if (logWeight < NEGLIGIBLE) break
      const weight = Math.exp(logWeight)
      weights += weight
      sum += weight * g(Math.exp(u))
    }
  return sum / weights
}
