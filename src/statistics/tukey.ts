import { requireDf, requireProbability } from './distributions.js'
import { type Comparison, type NamedGroups, pairsOf, summariesOf } from './named-groups.js'
import { studentisedRangeCdf, studentisedRangeQuantile } from './studentised-range.js'

/** How groups are compared. */
export interface TukeyOptions {
  /** Coverage of all intervals together, between 0 and 1. Default: 0.95. */
  readonly level?: number
  /**
   * The variance of a value and its degrees of freedom, such as the residual of an `anova` with blocks. Default: that within the groups.
   */
  readonly residual?: { readonly meanSquare: number; readonly df: number }
}

/**
 * Tukey's honestly significant differences of all pairs of groups, by Kramer's standard errors where sizes differ: for independent values
 * of one variance, see `gamesHowell` for several.
 *
 * @throws RangeError for fewer than two groups, a group of fewer than two values, one that is not finite, groups that do not vary, or an
 * option out of range.
 */
export function tukeyHsd(groups: NamedGroups, { level = 0.95, residual }: TukeyOptions = {}): Comparison[] {
  requireProbability('level', level)
  const summaries = summariesOf(groups)
  const { meanSquare, df } = residual ?? within(summaries)
  requireDf('residual.df', df)
  if (!(meanSquare > 0 && Number.isFinite(meanSquare)))
    throw new RangeError(`the mean square within groups is ${meanSquare}: a finite one above 0 is needed`)
  const critical = studentisedRangeQuantile(level, summaries.length, df)
  return pairsOf(summaries).map(([a, b]) => {
    const error = Math.sqrt((meanSquare / 2) * (1 / a.count + 1 / b.count))
    const estimate = a.mean - b.mean
    const q = Math.abs(estimate) / error
    return {
      a: a.name,
      b: b.name,
      estimate,
      low: estimate - critical * error,
      high: estimate + critical * error,
      q,
      df,
      p: Math.max(0, 1 - studentisedRangeCdf(q, summaries.length, df)),
    }
  })
}

function within(summaries: ReturnType<typeof summariesOf>): { meanSquare: number; df: number } {
  const df = summaries.reduce((sum, { count }) => sum + count - 1, 0)
  return { meanSquare: summaries.reduce((sum, { squares }) => sum + squares, 0) / df, df }
}
