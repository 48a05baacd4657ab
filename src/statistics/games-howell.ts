import { requireProbability } from './distributions.js'
import { type Comparison, type NamedGroups, pairsOf, summariesOf } from './named-groups.js'
import { studentisedRangeCdf, studentisedRangeQuantile } from './studentised-range.js'

/**
 * Games and Howell's comparisons of all pairs of groups, whose variances and sizes may differ: the studentised range with Welch's standard
 * errors and degrees of freedom (Games and Howell 1976).
 *
 * @throws RangeError for fewer than two groups, a group of fewer than two values, one that is not finite, two groups that do not vary, or
 * a level outside (0, 1).
 */
export function gamesHowell(
  groups: NamedGroups,
  { level = 0.95 }: { readonly level?: number } = {},
): Comparison[] {
  requireProbability('level', level)
  const summaries = summariesOf(groups)
  return pairsOf(summaries).map(([a, b]) => {
    const [ofA, ofB] = [a, b].map(({ squares, count }) => squares / (count - 1) / count) as [number, number]
    if (ofA + ofB === 0) throw new RangeError(`${a.name} and ${b.name} do not vary: one of them has to`)
    const df = (ofA + ofB) ** 2 / (ofA ** 2 / (a.count - 1) + ofB ** 2 / (b.count - 1))
    const error = Math.sqrt((ofA + ofB) / 2)
    const estimate = a.mean - b.mean
    const q = Math.abs(estimate) / error
    const reach = studentisedRangeQuantile(level, summaries.length, df) * error
    return {
      a: a.name,
      b: b.name,
      estimate,
      low: estimate - reach,
      high: estimate + reach,
      q,
      df,
      p: Math.max(0, 1 - studentisedRangeCdf(q, summaries.length, df)),
    }
  })
}
