import { describe, expect, it } from 'vitest'
import { seedIntervals } from '../../../src/study/analysis/seed-intervals.js'
import { fakeCell } from './fake-cells.js'

const how = { methods: ['deepTaylor'], measure: 'itemRanking', resamples: 2000, seed: 1 }
const spread = (centre: number) => Array.from({ length: 40 }, (_, i) => centre + (i % 2 === 0 ? 0.4 : -0.4))

describe('the intervals of a network’s mean over seeds', () => {
  it('are about the same mean, and Student’s t is that of the seeds’ means', () => {
    const cells = [0.5, 0.6, 0.7].map((mean, s) =>
      fakeCell('deep', s + 1, { deepTaylor: [mean, mean, mean] }),
    )
    const [own, ...others] = seedIntervals(cells, how)
    expect(others).toEqual([])
    expect(own).toMatchObject({ dataset: 'mnist-maj', network: 'deep', seeds: 3, missing: 0 })
    for (const { estimate } of [own!.t, own!.bca, own!.hierarchical]) expect(estimate).toBeCloseTo(0.6, 6)
    expect(own!.t.high - own!.mean).toBeCloseTo((4.302652729749462 * 0.1) / Math.sqrt(3), 6)
  })

  it('counts what sequences vary in the hierarchical one alone', () => {
    const means = [0.49, 0.5, 0.51, 0.5, 0.49, 0.51]
    const cells = means.map((mean, s) => fakeCell('deep', s + 1, { deepTaylor: spread(mean) }))
    const [own] = seedIntervals(cells, how)
    const width = ({ low, high }: { low: number; high: number }) => high - low
    expect(width(own!.hierarchical)).toBeGreaterThan(3 * width(own!.bca))
  })

  it('leaves scores out that are no number, and says how many', () => {
    const cells = [0.5, 0.6].map((mean, s) =>
      fakeCell('deep', s + 1, { deepTaylor: [mean, Number.NaN, mean] }),
    )
    expect(seedIntervals(cells, how)).toMatchObject([{ missing: 2, seeds: 2 }])
    expect(seedIntervals(cells, how)[0]!.mean).toBeCloseTo(0.55, 6)
  })

  it('leaves out networks of one seed, and controls', () => {
    const cells = [
      fakeCell('deep', 1, { deepTaylor: [0.5] }),
      fakeCell('shallow', 1, { deepTaylor: [0.5] }, { variant: 'shuffled' }),
      fakeCell('shallow', 2, { deepTaylor: [0.6] }, { variant: 'shuffled' }),
    ]
    expect(seedIntervals(cells, how)).toEqual([])
  })
})
