import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { groupSpread, spreadDifference, varianceShares } from '../../src/statistics/index.js'

const units = 300
/** Scores with a group effect, a unit effect and a deterministic residual of the given sizes. */
const scores = (groupEffect: number, unitEffect: number, residual: number) =>
  [-1, 0, 1].map((group, g) =>
    Float64Array.from(
      { length: units },
      (_, i) =>
        groupEffect * group + unitEffect * Math.sin(i) + residual * Math.sin(1 + 7 * i * (g + 1) ** 2),
    ),
  )

describe('how much a score depends on the group', () => {
  it('the spread of group means is their standard deviation or range', () => {
    const groups = scores(0.2, 1, 0)
    expect(groupSpread(groups, { resamples: 50 }).estimate).toBeCloseTo(0.2, 12)
    expect(groupSpread(groups, { measure: 'range', resamples: 50 }).estimate).toBeCloseTo(0.4, 12)
  })

  it('what all groups share does not widen the interval', () => {
    const { low, high } = groupSpread(scores(0.2, 100, 0), { resamples: 200 })
    expect(low).toBeCloseTo(0.2, 10)
    expect(high).toBeCloseTo(0.2, 10)
  })

  it('a method that depends more on the architecture is told from one that depends less', () => {
    const { estimate, low, high } = spreadDifference(scores(0.2, 1, 0.3), scores(0.05, 1, 0.3), {
      resamples: 500,
    })
    expect(estimate).toBeGreaterThan(0.1)
    expect(low).toBeGreaterThan(0)
    expect(high).toBeLessThan(0.25)
  })

  it('two methods that depend equally are told apart no more often than the level allows', () => {
    const trials = 200
    let covered = 0
    for (let seed = 0; seed < trials; seed++) {
      const random = xoroshiro128plus(seed)
      random.jump()
      const noisy = () =>
        scores(0.1, 1, 0).map((group) => group.map((value) => value + (random.next() >>> 0) / 2 ** 32))
      const { low, high } = spreadDifference(noisy(), noisy(), { resamples: 200, seed })
      if (low <= 0 && high >= 0) covered++
    }
    expect(covered / trials).toBeGreaterThan(0.9)
    expect(covered / trials).toBeLessThan(0.995)
  })

  it('the variance splits into group, unit and residual', () => {
    const onlyGroup = varianceShares(scores(1, 0, 0))
    expect(onlyGroup.group).toBeCloseTo(1, 12)
    const onlyUnit = varianceShares(scores(0, 1, 0))
    expect(onlyUnit.unit).toBeCloseTo(1, 12)
    // 2×2 by hand: grand mean 2, groups ±1, units ±0.5, interaction ±0.5
    const shares = varianceShares([
      [0, 2],
      [3, 3],
    ])
    expect(shares.group).toBeCloseTo(4 / 6, 12)
    expect(shares.unit).toBeCloseTo(1 / 6, 12)
    expect(shares.residual).toBeCloseTo(1 / 6, 12)
  })

  it('equal scores have no variance to split', () => {
    expect(
      varianceShares([
        [1, 1],
        [1, 1],
      ]).group,
    ).toBeNaN()
  })

  it('groups must be several, equally long and finite', () => {
    expect(() => groupSpread([[1, 2]])).toThrow('groups has 1 groups')
    expect(() => groupSpread([[1, 2], [1]])).toThrow('groups[1] has 1 scores and groups[0] has 2')
    expect(() =>
      groupSpread([
        [1, 2],
        [1, Number.NaN],
      ]),
    ).toThrow('groups[1][1] is NaN')
    expect(() =>
      spreadDifference(
        [[1], [2]],
        [
          [1, 2],
          [2, 3],
        ],
      ),
    ).toThrow('a has 1 units and b has 2')
  })
})
