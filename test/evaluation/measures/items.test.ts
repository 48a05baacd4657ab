import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cosine,
  cosineBeyondChance,
  cosineBeyondChanceCeiling,
  irrelevantLeast,
  itemRanking,
} from '../../../src/evaluation/index.js'
import { masksOf, meanOf, ordersOf, scoreOf } from './given.js'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
/** Small whole numbers, so that there are ties and zeros, or any; single precision holds them. */
const relevanceOf = (items: number) =>
  fc.oneof(
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: items, maxLength: items }),
    fc.array(fc.float({ min: -100, max: 100, noNaN: true, noDefaultInfinity: true }), {
      minLength: items,
      maxLength: items,
    }),
  )
const cases = fc
  .integer({ min: 1, max: 6 })
  .chain((items) => fc.tuple(relevanceOf(items), fc.constantFrom(...masksOf(items))))

describe('the cosine beyond chance', () => {
  it('is the cosine minus its mean over all masks of as many items', () => {
    fc.assert(
      fc.property(cases, ([relevance, mask]) => {
        const alike = masksOf(mask.length).filter((other) => sum(other) === sum(mask))
        const mean = meanOf(alike.map((other) => scoreOf(cosine, relevance, other)))
        expect(scoreOf(cosineBeyondChance, relevance, mask)).toBeCloseTo(
          scoreOf(cosine, relevance, mask) - mean,
          9,
        )
      }),
    )
  })

  it('earns nothing by evenness, nor by no relevance, nor where there is nothing to find', () => {
    for (const relevance of [
      [2, 2, 2],
      [0, 0, 0],
      [-1, -1, -1],
    ])
      expect(scoreOf(cosineBeyondChance, relevance, [1, 0, 1])).toBeCloseTo(0, 12)
    for (const mask of [
      [0, 0, 0],
      [1, 1, 1],
    ])
      expect(scoreOf(cosineBeyondChance, [3, 1, -2], mask)).toBe(0)
    expect(cosineBeyondChance.baseline()).toBe(0)
  })

  it('averages to 0 over all places of the relevant items, whatever the relevance', () => {
    fc.assert(
      fc.property(relevanceOf(4), (relevance) => {
        for (const count of [1, 2, 3]) {
          const scores = masksOf(4)
            .filter((mask) => sum(mask) === count)
            .map((mask) => scoreOf(cosineBeyondChance, relevance, mask))
          expect(meanOf(scores)).toBeCloseTo(0, 9)
        }
      }),
    )
  })

  it('has the ceiling √(1 − m/n), reached by the centred mask, and 1 − m/n for relevance ≥ 0, reached by the mask', () => {
    for (const mask of masksOf(5).filter((mask) => sum(mask) > 0 && sum(mask) < 5)) {
      const { signed, nonnegative } = cosineBeyondChanceCeiling({ items: 5, majority: sum(mask) })
      const centred = mask.map((flag) => flag - sum(mask) / 5)
      expect(signed).toBeCloseTo(Math.sqrt(1 - sum(mask) / 5), 12)
      expect(scoreOf(cosineBeyondChance, centred, mask)).toBeCloseTo(signed, 6)
      expect(scoreOf(cosineBeyondChance, mask, mask)).toBeCloseTo(nonnegative, 12)
      fc.assert(
        fc.property(relevanceOf(5), (relevance) => {
          expect(scoreOf(cosineBeyondChance, relevance, mask)).toBeLessThanOrEqual(signed + 1e-9)
          const positive = relevance.map(Math.abs)
          expect(scoreOf(cosineBeyondChance, positive, mask)).toBeLessThanOrEqual(nonnegative + 1e-9)
        }),
        { numRuns: 30 },
      )
    }
  })
})

describe('the area under the ROC curve over items', () => {
  it('is the share of the pairs of a relevant and an irrelevant item that are in order, ties counted half', () => {
    fc.assert(
      fc.property(cases, ([relevance, mask]) => {
        const pairs = mask.flatMap((a, i) =>
          mask.flatMap((b, j) => (a === 1 && b === 0 ? [[i, j] as const] : [])),
        )
        const points = pairs.map(([i, j]) =>
          relevance[i]! > relevance[j]! ? 1 : relevance[i] === relevance[j] ? 0.5 : 0,
        )
        expect(scoreOf(itemRanking, relevance, mask)).toBeCloseTo(
          points.length === 0 ? 0.5 : meanOf(points),
          12,
        )
      }),
    )
  })

  it('is 0.5 for no relevance and where there is nothing to find, 1 in order and 0 in reverse', () => {
    expect(scoreOf(itemRanking, [0, 0, 0], [1, 0, 1])).toBe(0.5)
    expect(scoreOf(itemRanking, [1, 2, 3], [1, 1, 1])).toBe(0.5)
    expect(scoreOf(itemRanking, [1, 2, 3], [0, 0, 0])).toBe(0.5)
    expect(scoreOf(itemRanking, [-1, -5, -2], [1, 0, 1])).toBe(1)
    expect(scoreOf(itemRanking, [-9, -5, -6], [1, 0, 1])).toBe(0)
  })
})

describe('the irrelevant item receiving least', () => {
  it('is the mean over all ways to order equal items of the share of irrelevant ones among the lowest', () => {
    fc.assert(
      fc.property(cases, ([relevance, mask]) => {
        const count = mask.length - sum(mask)
        const places = mask.map((_, i) => i)
        const ascending = (order: readonly number[]) =>
          order.every((place, i) => i === 0 || relevance[order[i - 1]!]! <= relevance[place]!)
        const shares = ordersOf(places)
          .filter(ascending)
          .map((order) => sum(order.slice(0, count).map((place) => 1 - mask[place]!)) / count)
        expect(scoreOf(irrelevantLeast, relevance, mask)).toBeCloseTo(count === 0 ? 0 : meanOf(shares), 9)
      }),
    )
  })

  it('of three items with two relevant ones says whether the odd one has least; no relevance scores a third', () => {
    expect(scoreOf(irrelevantLeast, [5, -1, 2], [1, 0, 1])).toBe(1)
    expect(scoreOf(irrelevantLeast, [5, 3, 2], [1, 0, 1])).toBe(0)
    expect(scoreOf(irrelevantLeast, [5, 2, 2], [1, 0, 1])).toBe(0.5)
    expect(scoreOf(irrelevantLeast, [0, 0, 0], [1, 0, 1])).toBeCloseTo(1 / 3, 12)
    expect(irrelevantLeast.baseline({ items: 3, majority: 2 })).toBeCloseTo(1 / 3, 12)
  })
})
