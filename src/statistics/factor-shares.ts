import { centreOf, effectsOf, type Factors, layoutOf, sumOfSquares } from './factorial-layout.js'
import type { Numbers } from './summary.js'

/**
 * The shares of the variance of `values` that each factor explains alone, such as seed, sequence, network and method, and `residual`,
 * which is interactions and noise; they add up to 1, and are NaN where every value is equal. `varianceShares` is that of two factors.
 *
 * @throws RangeError for no factor, one called residual, a layout that is not balanced, or a value that is not finite.
 */
export function factorShares<Name extends string>(
  values: Numbers,
  factors: Readonly<Record<Name, readonly (string | number)[]>>,
): Record<Name | 'residual', number> {
  if ('residual' in factors) throw new RangeError('a factor is called residual: another name is needed')
  const layout = layoutOf(values, factors as Factors)
  const effects = effectsOf(
    values,
    layout,
    layout.names.map((_, f) => [f]),
  )
  const centre = centreOf(values)
  const total = sumOfSquares(
    Float64Array.from(values, (value) => value - centre),
    values,
  )
  const shares = effects.map((effect) => effect.sumOfSquares / total)
  const residual = shares.reduce((rest, share) => rest - share, 1)
  return Object.fromEntries([...layout.names.map((name, f) => [name, shares[f]!]), ['residual', residual]])
}
