import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deletion,
  insertion,
  itemFlipping,
  type Measure,
  pixelFlipping,
} from '../../../src/evaluation/index.js'
import { pixelOrder } from '../../../src/evaluation/pixel-order.js'
import { randomDeletionCurves, spreadOfEvidence } from '../../../src/evaluation/removal.js'
import { meanOf, ordersOf, probeOf, sequenceOf } from './given.js'

/** A function of pixels that knows products of neighbours, so that the order of removal counts. */
const f = (pixels: ArrayLike<number>) =>
  Array.from(pixels).reduce((sum, value, i) => sum + (i + 1) * value + 2 * value * (pixels[i + 1] ?? 1), 0)

const scoresOf = (
  measure: Measure,
  sequences: readonly (readonly number[])[],
  relevance: readonly (readonly number[])[],
  probe = probeOf(f, sequences),
) => {
  const items = sequences[0]!.map((_, i) => i % 2)
  return Array.from(measure.scores!({ sequences: relevance.map((map) => sequenceOf(map, items)), probe }))
}

/** 40 pixels, an item each, drawn from a seed. */
const pixels = (seed: number) => Array.from({ length: 40 }, (_, i) => Math.fround(Math.sin(7 * i + 3 * seed)))

describe('item flipping', () => {
  it('is the mean over all orders of equal items, taken from the mean over all orders, by how far f moves', () => {
    const numbers = (min: number, max: number) =>
      fc.array(fc.integer({ min, max }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(numbers(-1, 1), numbers(-2, 2), (x, relevance) => {
        const without = (gone: readonly number[]) => f(x.map((value, i) => (gone.includes(i) ? -1 : value)))
        const orders = ordersOf([0, 1, 2, 3])
        const area = (order: readonly number[]) => meanOf([1, 2, 3].map((k) => without(order.slice(0, k))))
        const own = orders.filter((order) =>
          order.every((p, i) => i === 0 || relevance[order[i - 1]!]! >= relevance[p]!),
        )
        const states = orders.flatMap((order) => [0, 1, 2, 3, 4].map((k) => without(order.slice(0, k))))
        const spread = Math.max(...states) - Math.min(...states)
        const gain = meanOf(orders.map(area)) - meanOf(own.map(area))
        const [score] = scoresOf(itemFlipping, [x], [relevance])
        expect(score).toBeCloseTo(spread === 0 ? 0 : gain / spread, 9)
      }),
      { numRuns: 60 },
    )
  })

  it('asks for each subset once, is ½ where one of three items has all evidence and goes first, and −½ where it goes last', () => {
    const one = (values: ArrayLike<number>) => values[1]!
    const probe = probeOf(one, [[1, 1, 1]])
    expect(scoresOf(itemFlipping, [[1, 1, 1]], [[0, 5, -1]], probe)[0]).toBeCloseTo(0.5, 12)
    expect(probe.asked.evidence).toBe(7)
    expect(scoresOf(itemFlipping, [[1, 1, 1]], [[1, -5, 2]], probe)[0]).toBeCloseTo(-0.5, 12)
    // Of two items there is one step.
    expect(scoresOf(itemFlipping, [[1, 1]], [[0, 5]], probeOf(one, [[1, 1]]))[0]).toBe(0.5)
  })

  it('of one item, of a network that does not move, or of equal relevance is 0', () => {
    expect(scoresOf(itemFlipping, [[1]], [[3]])).toEqual([0])
    expect(
      scoresOf(
        itemFlipping,
        [[1, 0]],
        [[3, 1]],
        probeOf(() => 4, [[1, 0]]),
      ),
    ).toEqual([0])
    expect(scoresOf(itemFlipping, [[1, 0, 1]], [[2, 2, 2]])[0]).toBeCloseTo(0, 12)
  })

  it('of more than six items compares with drawn orders, in [−1, 1], 0 for equal relevance', () => {
    const eight = pixels(1).slice(0, 8)
    const linear = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value, i) => sum + i * value, 0)
    const [right, wrong, none] = [1, -1, 0].map((sign) => {
      const relevance = eight.map((value, i) => sign * i * (value + 1))
      return scoresOf(itemFlipping, [eight], [relevance], probeOf(linear, [eight]))[0]!
    })
    expect(right).toBeGreaterThan(0.1)
    expect(wrong).toBeLessThan(-0.1)
    expect(none).toBe(0)
  })
})

describe.each([
  [pixelFlipping, 'deletion', [0.03, 0.06, 0.09, 0.12, 0.15, 0.18, 0.21, 0.24, 0.27, 0.3], 0.1],
  [deletion, 'deletion', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.1],
  [insertion, 'insertion', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.1],
] as const)('$id', (measure, curve, fractions, step) => {
  const x = [pixels(1), pixels(2)]
  const relevance = [pixels(3).map((r) => Math.max(0, r)), pixels(4)]

  it('is the difference of the areas in the order of relevance and in random orders, by how far f moves', () => {
    const probe = probeOf(f, x)
    const spread = spreadOfEvidence(probe)
    const removed =
      curve === 'deletion' ? fractions : fractions.map((fraction) => Number((1 - fraction).toFixed(2)))
    const random = removed.map((fraction) =>
      [0, 1].map((row) => meanOf(randomDeletionCurves(probe, [fraction]).map(([state]) => state![row]!))),
    )
    const expected = x.map((values, row) => {
      const order = [...pixelOrder(sequenceOf(relevance[row]!, [1]), row)]
      const differences = fractions.map((fraction, i) => {
        const first = order.slice(0, Math.round(fraction * 40))
        const isBlank = (p: number) => first.includes(p) === (curve === 'deletion')
        return random[i]![row]! - f(values.map((value, p) => (isBlank(p) ? -1 : value)))
      })
      const sum = differences.reduce((total, difference) => total + step * difference, 0)
      return (curve === 'deletion' ? sum : -sum) / spread[row]!
    })
    for (const [row, score] of scoresOf(measure, x, relevance).entries())
      expect(score).toBeCloseTo(expected[row]!, 9)
  })

  it('is above chance for the right order, below for the reverse, and 0 for equal relevance or where f does not move', () => {
    const linear = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value, i) => sum + i * value, 0)
    const right = x.map((values) => values.map((value, i) => i * (value + 1)))
    const signed = (sign: number) => right.map((map) => map.map((r) => sign * r))
    for (const score of scoresOf(measure, x, right, probeOf(linear, x))) expect(score).toBeGreaterThan(0.05)
    for (const score of scoresOf(measure, x, signed(-1), probeOf(linear, x)))
      expect(score).toBeLessThan(-0.05)
    expect(scoresOf(measure, x, signed(0), probeOf(linear, x))).toEqual([0, 0])
    expect(
      scoresOf(
        measure,
        x,
        right,
        probeOf(() => 2, x),
      ),
    ).toEqual([0, 0])
  })

  it('does not depend on the place in a batch, nor on the size of the logits', () => {
    const alone = scoresOf(measure, [x[1]!], [relevance[1]!], probeOf(f, [x[1]!], { seeds: [1] }))
    expect(alone[0]).toBe(scoresOf(measure, x, relevance)[1])
    const larger = scoresOf(
      measure,
      x,
      relevance,
      probeOf((values) => 1000 * f(values) - 7, x),
    )
    for (const [row, score] of larger.entries())
      expect(score).toBeCloseTo(scoresOf(measure, x, relevance)[row]!, 9)
  })

  it('averages to chance over random relevance', () => {
    const many = Array.from({ length: 300 }, () => x[0]!)
    const maps = many.map((_, i) =>
      pixels(11 * i + 0.3).map((value, p) => Math.fround(Math.sin(1e4 * value + p * i))),
    )
    const scores = scoresOf(measure, many, maps, probeOf(f, many))
    const error = Math.sqrt(meanOf(scores.map((score) => score ** 2)) / scores.length)
    expect(Math.abs(meanOf(scores))).toBeLessThan(4 * error)
  })
})

describe('the order of pixels', () => {
  it('descends, equal pixels in an order that the seed draws', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 1)), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.integer({ min: 0, max: 1000 }),
        (relevance, seed) => {
          const order = [...pixelOrder(sequenceOf(relevance, [1]), seed)]
          expect(order.toSorted((a, b) => a - b)).toEqual(relevance.map((_, i) => i))
          for (const [i, place] of order.entries())
            if (i > 0) expect(relevance[order[i - 1]!]!).toBeGreaterThanOrEqual(relevance[place]!)
        },
      ),
    )
    const of = (seed: number) => [...pixelOrder(sequenceOf(new Float32Array(30), [1]), seed)].join()
    expect(of(1)).toBe(of(1))
    expect(of(1)).not.toBe(of(2))
  })

  it('draws every place of equal pixels first as often as any other', () => {
    const counts = new Float64Array(5)
    for (let seed = 0; seed < 5000; seed++) counts[pixelOrder(sequenceOf([1, 1, 1, 1, 1], [1]), seed)[0]!]!++
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(800))
  })
})
