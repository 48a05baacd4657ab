import { describe, expect, it } from 'vitest'
import { architectures } from '../../../src/catalogue/index.js'
import { besidePublished, ordersKept } from '../../../src/study/analysis/beside-published.js'
import type { SeedRow } from '../../../src/study/analysis/seed-summary.js'
import { publishedAccuracies, publishedCosines } from '../../../src/study/published.js'

const own = (more: Partial<SeedRow> = {}): SeedRow => ({
  ...{
    dataset: 'mnist-maj',
    network: 'deep',
    variant: 'own',
    items: 3,
    method: 'deepTaylor',
    measure: 'cosine',
  },
  ...{ mean: 0.701, low: 0.69, high: 0.712, seeds: [0.7, 0.702], chance: 0.816, missing: 0 },
  ...more,
})

describe('what is published', () => {
  it('has each number once, with an interval around its mean', () => {
    const keys = publishedCosines.map(({ dataset, network, variant, method }) =>
      [dataset, network, variant, method].join(),
    )
    expect(new Set(keys).size).toBe(keys.length)
    for (const { mean, low, high } of publishedCosines) {
      expect(low).toBeLessThan(mean)
      expect(high).toBeGreaterThan(mean)
    }
  })

  it('has the accuracy of each of the five networks on both datasets', () => {
    for (const { id } of architectures)
      expect(publishedAccuracies.filter(({ network }) => network === id).length).toBeGreaterThanOrEqual(2)
  })

  it('stands beside the study’s mean of the same network, variant, method and dataset by the cosine', () => {
    const others = [own({ measure: 'itemRanking', mean: 0.5 }), own({ variant: 'shuffled', mean: 0.1 })]
    const [row, ...rest] = besidePublished(publishedCosines, [...others, own()])
    expect(rest).toEqual([])
    expect(row).toMatchObject({ network: 'deep', published: 0.681, poster: 0.695, here: 0.701, seeds: 2 })
    expect(row!.difference).toBeCloseTo(0.02, 12)
  })

  it('keeps an order where no network changes places with another', () => {
    const both = [own({ network: 'shallow', mean: 0.5 }), own({ mean: 0.7 })]
    const swapped = [
      own({ network: 'shallow', mean: 0.8, method: 'sensitivity' }),
      own({ mean: 0.7, method: 'sensitivity' }),
    ]
    expect(ordersKept(besidePublished(publishedCosines, both))).toEqual({ kept: 1, of: 1 })
    // Published by sensitivity analysis: Deep 0.720 below Shallow 0.727.
    expect(ordersKept(besidePublished(publishedCosines, [...both, ...swapped]))).toEqual({ kept: 2, of: 2 })
    const other = swapped.map((row) => ({ ...row, mean: 1 - row.mean }))
    expect(ordersKept(besidePublished(publishedCosines, [...both, ...other]))).toEqual({ kept: 1, of: 2 })
  })
})
