import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawsFor } from '../../../src/evaluation/draws.js'
import {
  pointingGame,
  pointingGameOf,
  relevanceMass,
  relevanceMassOf,
  relevanceRank,
  relevanceRankOf,
  sparsity,
} from '../../../src/evaluation/index.js'
import { relevantPixels } from '../../../src/evaluation/pixels.js'
import { masksOf, meanOf, ordersOf, scoreOf, sequenceOf } from './given.js'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
/** Two rows of three items of one column, six pixels, with ties and zeros. */
const cases = fc.tuple(
  fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 6, maxLength: 6 }),
  fc.constantFrom(...masksOf(3)),
)
const pixelsOf = (mask: readonly number[]) => [...mask, ...mask]
const problem = { items: 3, majority: 2 }

/** The mean over all orders that do not ascend of the share of the first `k` places that lie on the mask. */
const slowTopShare = (values: readonly number[], mask: readonly number[], k: number): number =>
  meanOf(
    ordersOf(values.map((_, i) => i))
      .filter((order) => order.every((place, i) => i === 0 || values[order[i - 1]!]! >= values[place]!))
      .map((order) => sum(order.slice(0, k).map((place) => mask[place]!)) / k),
  )

it('the pixels of relevant items are those of their columns in every row', () => {
  const sequence = sequenceOf(new Float32Array(12), [0, 1, 1], 2)
  expect([...relevantPixels(sequence)]).toEqual([0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1])
})

describe('relevance mass accuracy', () => {
  it('is the share of the positive, absolute or signed relevance on relevant items', () => {
    fc.assert(
      fc.property(cases, ([relevance, mask]) => {
        const parts = {
          positive: (r: number) => Math.max(0, r),
          absolute: Math.abs,
          signed: (r: number) => r,
        }
        for (const part of ['positive', 'absolute', 'signed'] as const) {
          const values = relevance.map(parts[part])
          const on = sum(values.map((value, i) => value * pixelsOf(mask)[i]!))
          const expected = sum(values) === 0 ? sum(mask) / 3 : on / sum(values)
          expect(scoreOf(relevanceMassOf(part), relevance, mask, 2)).toBeCloseTo(expected, 12)
        }
      }),
    )
  })

  it('is chance for a map of zeros and for one that only speaks against', () => {
    for (const relevance of [
      [0, 0, 0, 0, 0, 0],
      [-1, -2, -3, -1, -2, -3],
    ])
      expect(scoreOf(relevanceMass, relevance, [1, 0, 1], 2)).toBe(relevanceMass.baseline(problem))
  })

  it('has a part in its id, and refuses one that there is not', () => {
    expect(relevanceMassOf('absolute').id).toBe('relevanceMassAbsolute')
    expect(() => relevanceMassOf('negative' as 'signed').score(sequenceOf([1], [1]))).toThrow(
      "the part of relevance is 'negative'; allowed are signed, positive, absolute",
    )
  })
})

describe('relevance rank accuracy and the pointing game', () => {
  it('are the mean over all ways to order equal pixels', () => {
    fc.assert(
      fc.property(cases, ([relevance, mask]) => {
        const size = 2 * sum(mask)
        for (const [part, values] of [
          ['signed', relevance],
          ['absolute', relevance.map(Math.abs)],
          ['positive', relevance.map((r) => Math.max(0, r))],
        ] as const) {
          const rank = size === 0 ? 0 : slowTopShare(values, pixelsOf(mask), size)
          expect(scoreOf(relevanceRankOf(part), relevance, mask, 2)).toBeCloseTo(rank, 12)
          const pointing = slowTopShare(values, pixelsOf(mask), 1)
          expect(scoreOf(pointingGameOf(part), relevance, mask, 2)).toBeCloseTo(pointing, 12)
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each([relevanceRank, pointingGame])(
    '$id scores chance for a map of zeros, 0 without a relevant item, 1 with no other',
    (measure) => {
      const zeros = new Float32Array(6)
      expect(scoreOf(measure, zeros, [1, 0, 1], 2)).toBeCloseTo(measure.baseline(problem), 12)
      for (const relevance of [zeros, [1, -2, 3, 0, 0, 5]]) {
        expect(scoreOf(measure, relevance, [0, 0, 0], 2)).toBe(0)
        expect(scoreOf(measure, relevance, [1, 1, 1], 2)).toBe(1)
      }
    },
  )
})

describe('sparsity', () => {
  it('is the mean difference of all pairs of absolute values by twice their mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 }), (relevance) => {
        const sizes = relevance.map(Math.abs)
        const differences = sizes.flatMap((a) => sizes.map((b) => Math.abs(a - b)))
        const gini = sum(sizes) === 0 ? 0 : meanOf(differences) / (2 * meanOf(sizes))
        expect(scoreOf(sparsity, relevance, [1])).toBeCloseTo(gini, 12)
      }),
    )
  })

  it('is 0 where all pixels have the same, also none, and 1 − 1/N where one has all, whatever the sign', () => {
    expect(scoreOf(sparsity, [-2, 2, -2, 2], [1, 0])).toBe(0)
    expect(scoreOf(sparsity, [0, 0, 0, 0], [1, 0])).toBe(0)
    expect(scoreOf(sparsity, [0, 0, -5, 0], [1, 0])).toBe(0.75)
  })

  it('of relevance that is uniform in [−1, 1) is about a third, far above its baseline', () => {
    const draws = drawsFor(1, 'sparsity of random relevance')
    const random = Array.from({ length: 10_000 }, () => 2 * draws() - 1)
    expect(Math.abs(scoreOf(sparsity, random, [1]) - 1 / 3)).toBeLessThan(0.01)
    expect(sparsity.baseline()).toBe(0)
  })
})
