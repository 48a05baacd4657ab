import { effectsOf, type Factors, layoutOf } from './factorial-layout.js'
import type { Numbers } from './summary.js'

/**
 * The shares of the variance of `values` that each factor explains alone, such as seed, sequence, network and method, and `residual`,
 * which is interactions and noise; they add up to 1, and are NaN where every value is equal. `varianceShares` is that of two factors.
 *
 * @throws RangeError for no factor, one called residual, a layout that is not balanced, or a value that is not finite.
 * @example
 * const { seed, method, residual } = factorShares([1, 2, 3, 5], { seed: [1, 1, 2, 2], method: ['a', 'b', 'a', 'b'] })
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
  const all = Float64Array.from(values)
  const centre = all.reduce((sum, value) => sum + value, 0) / all.length
  const total = all.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  const shares = effects.map(({ sumOfSquares }) => sumOfSquares / total)
  const residual = shares.reduce((rest, share) => rest - share, 1)
  return Object.fromEntries([...layout.names.map((name, f) => [name, shares[f]!]), ['residual', residual]])
}
