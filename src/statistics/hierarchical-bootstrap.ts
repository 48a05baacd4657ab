import type { BootstrapOptions, Interval } from './bootstrap.js'
import { type Draw, resamplingOf } from './resampling.js'
import { mean, type Numbers, quantiles, requireFinite } from './summary.js'

/** How groups of values are resampled. */
export interface HierarchicalOptions extends BootstrapOptions {
  /**
   * Whose values are drawn: `'own'`, anew for each group that is drawn, or `'shared'`, once for all groups, where value i of each was
   * measured on the same unit, such as one test sequence under many seeds: what a unit does to all groups then does not average out.
   * Default: 'own'.
   */
  readonly units?: 'own' | 'shared'
}

/**
 * The percentile interval of the mean of the groups' means, by a bootstrap in two stages: groups are drawn, then values within each
 * (Davison and Hinkley 1997, section 3.8; shared units: the pigeonhole bootstrap, Owen 2007); `groups[g][i]` is value i, such as a
 * sequence's score, of group g, such as a seed.
 *
 * @throws RangeError for fewer than two groups, a group that is empty or not finite, shared units of differing number, or an option
 * out of range.
 */
export function hierarchicalBootstrap(
  groups: readonly Numbers[],
  options: HierarchicalOptions = {},
): Interval {
  requireGroups('groups', groups)
  const { units = 'own' } = options
  if (units !== 'own' && units !== 'shared')
    throw new RangeError(`units is ${units}: it must be 'own' or 'shared'`)
  const { level, resamples, draw } = resamplingOf(options)
  const resample = units === 'shared' ? ofSharedUnits(groups) : ofOwnUnits(groups)
  const replicates = Float64Array.from({ length: resamples }, () => resample(draw))
  const [low, high] = quantiles(replicates, [(1 - level) / 2, (1 + level) / 2])
  return {
    estimate: groups.reduce((sum, group) => sum + mean(group), 0) / groups.length,
    low: low!,
    high: high!,
  }
}

/**
 * The interval of the difference a − b of two such means, where `a[g][i]` and `b[g][i]` were measured on the same unit of the same
 * group, such as one sequence and one seed: both are drawn together, so that what they share cancels.
 *
 * @throws RangeError as `hierarchicalBootstrap` does, and when `a` and `b` differ in groups or in the number of values of one.
 */
export function pairedHierarchicalDifference(
  a: readonly Numbers[],
  b: readonly Numbers[],
  options: HierarchicalOptions = {},
): Interval {
  requireGroups('a', a)
  requireGroups('b', b)
  if (a.length !== b.length)
    throw new RangeError(`a has ${a.length} groups and b has ${b.length}: pairs need equally many`)
  const differences = a.map((group, g) => {
    const other = b[g]!
    if (group.length !== other.length)
      throw new RangeError(
        `a[${g}] has ${group.length} values and b[${g}] has ${other.length}: pairs need equally many`,
      )
    return Float64Array.from(group, (value, i) => value - other[i]!)
  })
  return hierarchicalBootstrap(differences, options)
}

function ofOwnUnits(groups: readonly Numbers[]): (draw: Draw) => number {
  return (draw) => {
    let means = 0
    for (let g = 0; g < groups.length; g++) {
      const group = groups[draw(groups.length)]!
      let sum = 0
      for (let i = 0; i < group.length; i++) sum += group[draw(group.length)]!
      means += sum / group.length
    }
    return means / groups.length
  }
}

function ofSharedUnits(groups: readonly Numbers[]): (draw: Draw) => number {
  const units = groups[0]!.length
  for (const [g, group] of groups.entries())
    if (group.length !== units)
      throw new RangeError(
        `groups[${g}] has ${group.length} values and groups[0] has ${units}: shared units need equally many`,
      )
  const times = new Float64Array(units)
  return (draw) => {
    times.fill(0)
    for (let i = 0; i < units; i++) times[draw(units)]!++
    let sum = 0
    for (let g = 0; g < groups.length; g++) {
      const group = groups[draw(groups.length)]!
      for (let i = 0; i < units; i++) sum += times[i]! * group[i]!
    }
    return sum / units / groups.length
  }
}

function requireGroups(name: string, groups: readonly Numbers[]): void {
  if (groups.length < 2) throw new RangeError(`${name} has ${groups.length} groups: at least two are needed`)
  for (const [g, group] of groups.entries()) requireFinite(`${name}[${g}]`, group)
}
