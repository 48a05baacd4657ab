import { describe, expect, it } from 'vitest'
import { seedSummary } from '../../../src/study/analysis/seed-summary.js'
import type { StudyRow } from '../../../src/study/study-table.js'

const row = (seed: number, mean: number | null, more: Partial<StudyRow> = {}): StudyRow =>
  ({
    ...{ dataset: 'mnist-maj', network: 'deep', variant: 'own', items: 3, fold: null, method: 'deepTaylor' },
    ...{ measure: 'itemRanking', chance: 0.5, seed, mean },
    ...more,
  }) as StudyRow

describe('the summary over seeds', () => {
  it('is the mean of the means with the interval of Student’s t, in the order of the seeds', () => {
    // t of 0.975 with 2 degrees of freedom is 4.302653; the standard error is 0.1 / √3.
    const [own, ...others] = seedSummary([row(2, 0.6), row(1, 0.5), row(3, 0.7)])
    expect(others).toEqual([])
    expect(own!.seeds).toEqual([0.5, 0.6, 0.7])
    expect(own!.mean).toBeCloseTo(0.6, 12)
    expect(own!.high - own!.mean).toBeCloseTo((4.302652729749462 * 0.1) / Math.sqrt(3), 6)
    expect(own!.mean - own!.low).toBeCloseTo(own!.high - own!.mean, 12)
  })

  it('counts what is missing, leaves folds out, and has no width for a single value', () => {
    const rows = [row(1, 0.5), row(2, null), row(3, 0.9, { fold: 1 }), row(1, 0.4, { variant: 'shuffled' })]
    expect(seedSummary(rows)).toMatchObject([
      { variant: 'own', mean: 0.5, low: 0.5, high: 0.5, missing: 1 },
      { variant: 'shuffled', mean: 0.4, missing: 0 },
    ])
  })
})
