import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import {
  bootstrapInterval,
  hierarchicalBootstrap,
  mean,
  pairedHierarchicalDifference,
} from '../../src/statistics/index.js'

/** Standard normal numbers, the same for the same seed. */
function normalsOf(seed: number): () => number {
  const random = xoroshiro128plus(seed)
  random.jump()
  const uniform = () => ((random.next() >>> 0) + 0.5) / 2 ** 32
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** Seeds by sequences of scores with an effect of the seed, of the sequence and noise. */
function scores(
  seed: number,
  seeds: number,
  sequences: number,
  ofSeed: number,
  ofSequence: number,
): number[][] {
  const normal = normalsOf(seed)
  const shared = Array.from({ length: sequences }, () => ofSequence * normal())
  return Array.from({ length: seeds }, () => {
    const own = ofSeed * normal()
    return shared.map((value) => own + value + normal())
  })
}

const width = ({ low, high }: { low: number; high: number }) => high - low

describe('the hierarchical bootstrap', () => {
  it('covers a true mean of 0 about as often as its level says, where that over pooled values does not', () => {
    let [hierarchical, pooled] = [0, 0]
    const trials = 200
    for (let seed = 0; seed < trials; seed++) {
      const groups = scores(seed, 20, 15, 1, 0)
      const contains = ({ low, high }: { low: number; high: number }) => (low <= 0 && 0 <= high ? 1 : 0)
      hierarchical += contains(hierarchicalBootstrap(groups, { level: 0.9, resamples: 300, seed }))
      pooled += contains(bootstrapInterval(groups.flat(), { level: 0.9, resamples: 300, seed }))
    }
    // ±3 binomial standard errors of 0.021; drawing in two stages is a little wide, 20 groups a little narrow.
    expect(hierarchical / trials).toBeGreaterThan(0.83)
    expect(hierarchical / trials).toBeLessThan(0.97)
    expect(pooled / trials).toBeLessThan(0.6)
  })

  it('estimates the mean of the means, whatever the sizes', () => {
    expect(hierarchicalBootstrap([[1], [2, 4]], { resamples: 10 }).estimate).toBe(2)
  })

  it('of groups of one value is that over groups', () => {
    const values = Array.from({ length: 40 }, (_, i) => Math.sin(i))
    const { low, high } = bootstrapInterval(values, { resamples: 20_000 })
    const found = hierarchicalBootstrap(
      values.map((value) => [value]),
      { resamples: 20_000 },
    )
    expect(found.low).toBeCloseTo(low, 1)
    expect(found.high).toBeCloseTo(high, 1)
  })

  it('of two constant groups are the quantiles of their equally likely draws', () => {
    const groups = [
      [0, 0],
      [1, 1],
    ]
    expect(hierarchicalBootstrap(groups, { level: 0.4 })).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 })
    expect(hierarchicalBootstrap(groups, { level: 0.8, units: 'shared' })).toEqual({
      estimate: 0.5,
      low: 0,
      high: 1,
    })
  })

  it('is wider for shared units, whose effects do not average out over groups', () => {
    const groups = scores(3, 20, 30, 0, 2)
    const own = hierarchicalBootstrap(groups, { resamples: 1000 })
    const shared = hierarchicalBootstrap(groups, { resamples: 1000, units: 'shared' })
    expect(width(shared)).toBeGreaterThan(2 * width(own))
    expect(shared.estimate).toBe(own.estimate)
  })

  it('lets what a and b share cancel', () => {
    const a = scores(5, 10, 20, 3, 3)
    const b = a.map((group) => group.map((value, i) => value - 1 + 0.1 * Math.sin(i)))
    const { estimate, low, high } = pairedHierarchicalDifference(a, b)
    expect(estimate).toBeCloseTo(1 - 0.1 * mean(Array.from({ length: 20 }, (_, i) => Math.sin(i))), 10)
    expect(high - low).toBeLessThan(0.1)
  })

  it('is the same for the same seed and differs between seeds', () => {
    const groups = scores(6, 5, 8, 1, 0)
    expect(hierarchicalBootstrap(groups, { seed: 4 })).toEqual(hierarchicalBootstrap(groups, { seed: 4 }))
    expect(hierarchicalBootstrap(groups, { seed: 4 })).not.toEqual(hierarchicalBootstrap(groups, { seed: 5 }))
  })

  it('refuses bad groups and options by name', () => {
    const groups = [[1, 2], [3]]
    expect(() => hierarchicalBootstrap([[1, 2]])).toThrow('groups has 1 groups: at least two are needed')
    expect(() => hierarchicalBootstrap([[1], []])).toThrow('groups[1] is empty')
    expect(() => hierarchicalBootstrap([[1], [Number.NaN]])).toThrow('groups[1][0] is NaN')
    expect(() => hierarchicalBootstrap(groups, { units: 'shared' })).toThrow(
      'groups[1] has 1 values and groups[0] has 2: shared units need equally many',
    )
    expect(() => hierarchicalBootstrap(groups, { units: 'other' as 'own' })).toThrow('units is other')
    expect(() => hierarchicalBootstrap(groups, { level: 1 })).toThrow('level is 1')
    expect(() => hierarchicalBootstrap(groups, { resamples: 0.5 })).toThrow('resamples is 0.5')
    expect(() => hierarchicalBootstrap(groups, { seed: -1 })).toThrow('seed is -1')
    expect(() => pairedHierarchicalDifference(groups, [[1, 2]])).toThrow('b has 1 groups')
    expect(() => pairedHierarchicalDifference(groups, [...groups, [1]])).toThrow('a has 2 groups and b has 3')
    expect(() => pairedHierarchicalDifference(groups, [[1], [3]])).toThrow('a[0] has 2 values and b[0] has 1')
  })
})
