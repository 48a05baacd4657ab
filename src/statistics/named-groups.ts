import { squaresOf } from './pairs.js'
import { mean, type Numbers, requireFinite } from './summary.js'

/** Lists of independent values by the name of their group. */
export type NamedGroups = Readonly<Record<string, Numbers>>

/** What comparisons need of a group. */
export interface GroupSummary {
  readonly name: string
  readonly count: number
  readonly mean: number
  /** The sum of the squared distances from the mean. */
  readonly squares: number
}

/** A comparison of two groups with its simultaneous interval. */
export interface Comparison {
  readonly a: string
  readonly b: string
  /** The mean of a less that of b. */
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** The studentised range: the difference by its standard error, times √2. */
  readonly q: number
  readonly df: number
  /** Adjusted for all comparisons, good to 1e-9. */
  readonly p: number
}

/** Summaries of at least two groups of at least two finite values. */
export function summariesOf(groups: NamedGroups): GroupSummary[] {
  const entries = Object.entries(groups)
  if (entries.length < 2) throw new RangeError(`there are ${entries.length} groups: at least two are needed`)
  return entries.map(([name, values]) => {
    requireFinite(name, values)
    if (values.length < 2) throw new RangeError(`${name} has 1 value: at least two are needed`)
    const centre = mean(values)
    return { name, count: values.length, mean: centre, squares: squaresOf(values) }
  })
}

/** All pairs of different entries, in their order. */
export const pairsOf = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]))
