import { fTail } from './distributions.js'
import { type NamedGroups, summariesOf } from './named-groups.js'
import { largestOf } from './pairs.js'
import { mean, quantile } from './summary.js'

/** A test of equal variances. */
export interface LeveneTest {
  readonly f: number
  readonly df: number
  readonly dfResidual: number
  readonly p: number
}

/**
 * The test that groups have one variance, by an analysis of variance of the distances from each group's centre: its median (Brown and
 * Forsythe 1974) or its mean (Levene 1960).
 *
 * @param options.centre Default: the median, which suits values that are not normal.
 * @throws RangeError for fewer than two groups, a group of fewer than two values, a value that is not finite, or distances that do not
 * differ within any group.
 */
export function leveneTest(
  groups: NamedGroups,
  { centre = 'median' }: { readonly centre?: 'median' | 'mean' } = {},
): LeveneTest {
  summariesOf(groups)
  const distances = Object.entries(groups).map(([name, values]) => {
    const middle = centre === 'median' ? quantile(values, 0.5) : mean(values)
    return [name, Float64Array.from(values, (value) => Math.abs(value - middle))] as const
  })
  const summaries = summariesOf(Object.fromEntries(distances))
  const count = summaries.reduce((sum, group) => sum + group.count, 0)
  const overall = summaries.reduce((sum, group) => sum + group.count * group.mean, 0) / count
  const [df, dfResidual] = [summaries.length - 1, count - summaries.length]
  const between = summaries.reduce((sum, group) => sum + group.count * (group.mean - overall) ** 2, 0) / df
  const within = summaries.reduce((sum, group) => sum + group.squares, 0) / dfResidual
  const largest = Math.max(...distances.map(([, values]) => largestOf(values)))
  if (within <= (1e-12 * largest) ** 2)
    throw new RangeError('the distances from the centres do not differ within any group: some have to')
  const f = between / within
  return { f, df, dfResidual, p: fTail(f, df, dfResidual) }
}
