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

  it('is compared in its order by rank correlation, where three networks or more are there', () => {
    // Published by deep Taylor: Shallow 0.484 below Deep 0.681 below ConvDeep.
    const three = (means: readonly [number, number, number]) => [
      own({ network: 'shallow', mean: means[0] }),
      own({ mean: means[1] }),
      own({ network: 'convdeep', mean: means[2] }),
    ]
    const orderOf = (rows: SeedRow[]) => ordersKept(besidePublished(publishedCosines, rows))
    expect(orderOf(three([0.1, 0.2, 0.3]).slice(1))).toEqual([])
    expect(orderOf(three([0.1, 0.2, 0.3]))).toEqual([
      {
        ...{ dataset: 'mnist-maj', method: 'deepTaylor', networks: 3 },
        ...{ correlation: 1, isHighestKept: true, isLowestKept: true },
      },
    ])
    const [swapped] = orderOf(three([0.1, 0.3, 0.2]))
    expect(swapped).toMatchObject({ isHighestKept: false, isLowestKept: true })
    expect(swapped!.correlation).toBeCloseTo(0.5, 12)
    expect(orderOf(three([0.3, 0.2, 0.1]))[0]).toMatchObject({ correlation: -1, isLowestKept: false })
  })
})
