import { describe, expect, it } from 'vitest'
import { randomStream, shuffle, uniformInt } from '../../../src/data/random.js'
import {
  areaUnderPrecision,
  areaUnderRecall,
  LEVELS,
  maskMeasures,
  precisionRecall,
  scaledSaliency,
  weightedJaccard,
} from '../../../src/evaluation/masks/index.js'
import { measureName } from '../../../src/figures/kit/names.js'
import { entryOf } from '../../../src/values/registry.js'
import { randomValues } from '../../network/tensors.js'

/** A mask of `pixels`, of which about a share is marked. */
function randomMask(pixels: number, name: string): Uint8Array {
  const stream = randomStream(3, name)
  return Uint8Array.from({ length: pixels }, () => (uniformInt(stream, 0, 9) < 3 ? 1 : 0))
}

/** |R| between 0 and 1, value by value. */
function slowScaled(relevance: readonly number[]): number[] {
  const sizes = relevance.map(Math.abs)
  const [low, high] = [Math.min(...sizes), Math.max(...sizes)]
  return sizes.map((size) => (high > low ? (size - low) / (high - low) : 0))
}

/**
 * Precision and recall by grains: every pixel's saliency is cut into many equal grains, which are taken one by one, those of the most
 * salient pixels first.
 */
function slowCurve(relevance: readonly number[], mask: ArrayLike<number>, level: number) {
  const saliency = slowScaled(relevance)
  const total = saliency.reduce((sum, value) => sum + value, 0)
  const order = [...saliency.keys()].sort((a, b) => saliency[b]! - saliency[a]!)
  const GRAINS = 2000
  let [taken, hit] = [0, 0]
  outer: for (const pixel of order)
    for (let grain = 0; grain < GRAINS; grain++) {
      const size = saliency[pixel]! / GRAINS
      if (taken + size > level * total) break outer
      taken += size
      hit += mask[pixel]! * size
    }
  const marked = saliency.reduce((sum, value, i) => sum + value * mask[i]!, 0)
  return { precision: hit / taken, recall: hit / marked }
}

const pixels = 60
const relevance = Array.from(randomValues(pixels, 'relevance', -1, 1))
const mask = randomMask(pixels, 'mask')

describe('scaled saliency', () => {
  it('is |R| moved and scaled to 0 to 1', () => {
    const scaled = scaledSaliency(relevance, mask)
    for (const [i, value] of slowScaled(relevance).entries()) expect(scaled[i]).toBeCloseTo(value, 12)
    expect([Math.min(...scaled), Math.max(...scaled)]).toEqual([0, 1])
  })

  it('refuses lengths that differ, relevance that is not finite, and masks of other numbers', () => {
    expect(() => scaledSaliency([1, 2], [1])).toThrow(
      'there are 2 values of relevance and a mask of 1 pixels',
    )
    expect(() => scaledSaliency([], [])).toThrow('at least one')
    expect(() => scaledSaliency([1, Number.NaN], [0, 1])).toThrow(
      'relevance is NaN at pixel 1; it must be finite',
    )
    expect(() => scaledSaliency([1, 2], [0, 0.5])).toThrow('the mask is 0.5 at pixel 1; allowed are 0 and 1')
  })
})

describe('weighted Jaccard', () => {
  it('is Σ min / Σ max of scaled saliency and mask', () => {
    const saliency = slowScaled(relevance)
    const sum = (of: (...values: number[]) => number) =>
      saliency.reduce((total, value, i) => total + of(value, mask[i]!), 0)
    expect(weightedJaccard.score(relevance, mask)).toBeCloseTo(sum(Math.min) / sum(Math.max), 12)
  })

  it('is at chance what the same values at random places have on average', () => {
    const stream = randomStream(1, 'places')
    const many = Array.from(randomValues(2000, 'many', 0, 1), (value) => value ** 3)
    const box = randomMask(2000, 'box')
    const scores = Array.from({ length: 400 }, () => weightedJaccard.score(shuffle(stream, [...many]), box))
    const average = scores.reduce((sum, score) => sum + score, 0) / scores.length
    expect(Math.abs(weightedJaccard.chance(many, box) - average)).toBeLessThan(1e-3)
  })

  it('rewards evenness: an even map with a single zero scores nearly the share of marked pixels anywhere', () => {
    const even = Array.from({ length: 1000 }, (_, i) => (i === 0 ? 0 : 5))
    const first = Array.from({ length: 1000 }, (_, i) => (i >= 1 && i <= 250 ? 1 : 0))
    expect(weightedJaccard.score(even, first)).toBeCloseTo(250 / 999, 12)
    expect(weightedJaccard.chance(even, first)).toBeCloseTo(0.25, 3)
  })
})

describe('precision and recall', () => {
  it.each(LEVELS)('at a share of %f are those of saliency taken grain by grain', (level) => {
    const { precision, recall } = precisionRecall(relevance, mask, [level])
    const slow = slowCurve(relevance, mask, level)
    expect(precision[0]).toBeCloseTo(slow.precision, 3)
    expect(recall[0]).toBeCloseTo(slow.recall, 3)
  })

  it('count pixels of equal saliency in equal parts, in whatever order they come', () => {
    // Of four pixels with 1 each, two marked; half of all saliency is two pixels' worth, of which half is marked.
    for (const box of [
      [1, 1, 0, 0, 0],
      [0, 0, 1, 1, 0],
      [1, 0, 0, 1, 0],
    ])
      expect(precisionRecall([1, 1, 1, 1, 0], box, [0.5])).toEqual({ precision: [0.5], recall: [0.5] })
    const few = Array.from(relevance, (value) => Math.round(3 * value))
    const order = shuffle(randomStream(2, 'order'), Array.from(few.keys()))
    const [ofFew, ofShuffled] = [
      areaUnderPrecision.score(few, mask),
      areaUnderPrecision.score(
        order.map((i) => few[i]!),
        order.map((i) => mask[i]!),
      ),
    ]
    expect(ofShuffled).toBeCloseTo(ofFew, 12)
  })

  it('areas are the trapezoids between a tenth and nine tenths over their width', () => {
    const { precision, recall } = precisionRecall(relevance, mask)
    const trapezoids = (curve: readonly number[]) =>
      curve.slice(1).reduce((sum, height, i) => sum + (0.1 * (height + curve[i]!)) / 2, 0) / 0.8
    expect(areaUnderPrecision.score(relevance, mask)).toBeCloseTo(trapezoids(precision), 12)
    expect(areaUnderRecall.score(relevance, mask)).toBeCloseTo(trapezoids(recall), 12)
  })

  it('areas of random relevance are at chance', () => {
    const random = Array.from(randomValues(40_000, 'random', 0, 1))
    const box = randomMask(40_000, 'large box')
    for (const measure of [areaUnderPrecision, areaUnderRecall])
      expect(Math.abs(measure.score(random, box) - measure.chance(random, box)), measure.id).toBeLessThan(
        0.01,
      )
  })

  it('refuses a share of nothing or of more than all', () => {
    expect(() => precisionRecall(relevance, mask, [0])).toThrow(
      'a level is 0; it must be above 0 and at most 1',
    )
    expect(() => precisionRecall(relevance, mask, [1.5])).toThrow('a level is 1.5')
  })
})

describe.each(maskMeasures)('$title', (measure) => {
  it('is known to figures and tables by its names', () => {
    const { id, title, short, range } = measure
    expect(entryOf('measure', id)).toMatchObject({ id, title, short, range, place: null })
    expect(measureName(id)).toBe(title)
  })

  it('is 1 for the mask itself except recall, which finds even relevance in proportion', () => {
    const expected = measure === areaUnderRecall ? 0.5 : 1
    expect(measure.score(mask, mask)).toBeCloseTo(expected, 12)
  })

  it('is 0 for a map without differences, an empty mask, and relevance beside the mask', () => {
    for (const value of [0, 3, -2]) expect(measure.score(new Array(pixels).fill(value), mask)).toBe(0)
    expect(measure.score(relevance, new Uint8Array(pixels))).toBe(0)
    const beside = Array.from(mask, (marked) => 1 - marked)
    expect(measure.score(beside, mask)).toBe(0)
    expect(measure.score(new Array(pixels).fill(0), new Uint8Array(pixels))).toBe(0)
  })

  it('stays in its range, and sees neither the sign of relevance nor its scale', () => {
    const [low, high] = measure.range
    for (let i = 0; i < 20; i++) {
      const own = Array.from(randomValues(pixels, `map ${i}`, -1, 1), (value) => value ** 5)
      const score = measure.score(own, mask)
      expect(score).toBeGreaterThanOrEqual(low)
      expect(score).toBeLessThanOrEqual(high)
      const other = own.map((value, k) => (k % 2 === 0 ? -7 : 7) * value)
      expect(measure.score(other, mask)).toBeCloseTo(score, 10)
      const chance = measure.chance(own, mask)
      expect(chance).toBeGreaterThanOrEqual(low)
      expect(chance).toBeLessThanOrEqual(high)
    }
  })
})
