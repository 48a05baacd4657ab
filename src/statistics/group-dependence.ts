import { type BootstrapOptions, type Interval, percentileInterval, resampledMean } from './bootstrap.js'
import { type Numbers, range, requireFinite, standardDeviation } from './summary.js'

/**
 * Scores of several groups on the same units: `groups[g][i]` is unit i's score in group g. For the question how
 * much an explanation method depends on the architecture, a group is an architecture and a unit a test sequence.
 */
export type Groups = readonly Numbers[]

/** How the differences between group means are summed up: their sample standard deviation, or largest − smallest. */
export type SpreadMeasure = 'standard deviation' | 'range'

export interface SpreadOptions extends BootstrapOptions {
  /** Default: the standard deviation. */
  readonly measure?: SpreadMeasure
}

const measures: Record<SpreadMeasure, (means: Numbers) => number> = {
  'standard deviation': standardDeviation,
  range,
}

/**
 * How far the group means lie apart, with a bootstrap interval over units that are shared by all groups.
 *
 * A spread cannot be negative and sampling noise only adds to it, so the interval of equal groups lies above 0;
 * compare spreads with `spreadDifference`.
 *
 * @throws RangeError for fewer than two groups, groups of different length, or a score that is not finite.
 */
export function groupSpread(
  groups: Groups,
  { measure = 'standard deviation', ...options }: SpreadOptions = {},
): Interval {
  const units = requireGroups('groups', groups)
  const spread = (drawn: Int32Array) => measures[measure](resampledMeans(groups, drawn))
  return percentileInterval(spread(identity(units)), units, options, spread)
}

/**
 * How much further the group means of `a` lie apart than those of `b`, with a bootstrap interval over units that
 * are shared by all groups of both: above 0 where `a` depends more on the group.
 *
 * @throws RangeError as `groupSpread` does, and when `a` and `b` differ in their number of units.
 */
export function spreadDifference(
  a: Groups,
  b: Groups,
  { measure = 'standard deviation', ...options }: SpreadOptions = {},
): Interval {
  const units = requireGroups('a', a)
  if (requireGroups('b', b) !== units) {
    throw new RangeError(
      `a has ${units} units and b has ${b[0]!.length}: both must be scored on the same units`,
    )
  }
  const difference = (drawn: Int32Array) =>
    measures[measure](resampledMeans(a, drawn)) - measures[measure](resampledMeans(b, drawn))
  return percentileInterval(difference(identity(units)), units, options, difference)
}

/** Shares of the total variance of a score, adding up to 1. */
export interface VarianceShares {
  /** Explained by the group, whatever the unit. */
  readonly group: number
  /** Explained by the unit, whatever the group. */
  readonly unit: number
  /** What is left: units that suit one group and not another, and noise. */
  readonly residual: number
}

/**
 * Splits the variance of `groups[g][i]` into what the group, the unit and neither explain
 * (sums of squares of a two-way layout without replication); all shares are NaN where every score is equal.
 *
 * @throws RangeError as `groupSpread` does.
 */
export function varianceShares(groups: Groups): VarianceShares {
  const units = requireGroups('groups', groups)
  const groupMeans = resampledMeans(groups, identity(units))
  const unitMeans = new Float64Array(units)
  for (const group of groups) for (let i = 0; i < units; i++) unitMeans[i]! += group[i]! / groups.length
  const centre = groupMeans.reduce((sum, value) => sum + value, 0) / groups.length
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  let total = 0
  for (const group of groups) for (let i = 0; i < units; i++) total += (group[i]! - centre) ** 2
  const group = (units * squares(groupMeans)) / total
  const unit = (groups.length * squares(unitMeans)) / total
  return { group, unit, residual: 1 - group - unit }
}

function requireGroups(name: string, groups: Groups): number {
  if (groups.length < 2) throw new RangeError(`${name} has ${groups.length} groups: at least two are needed`)
  const units = groups[0]!.length
  groups.forEach((group, g) => {
    requireFinite(`${name}[${g}]`, group)
    if (group.length !== units) {
      throw new RangeError(
        `${name}[${g}] has ${group.length} scores and ${name}[0] has ${units}: groups share their units`,
      )
    }
  })
  return units
}

const identity = (units: number): Int32Array => Int32Array.from({ length: units }, (_, i) => i)

const resampledMeans = (groups: Groups, drawn: Int32Array): Float64Array =>
  Float64Array.from(groups, (group) => resampledMean(group, drawn))
