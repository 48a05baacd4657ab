import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankAgreement, topAgreement } from '../../src/evaluation/index.js'
import { rankCorrelation } from '../../src/statistics/index.js'
import { meanOf, ordersOf } from './measures/given.js'

const maps = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 5, maxLength: 5 })

describe('the agreement of two explanations', () => {
  it("by rank is Spearman's correlation, and 0 where one of them ranks nothing", () => {
    fc.assert(
      fc.property(maps, maps, (a, b) => {
        const expected = rankCorrelation(a, b)
        const own = rankAgreement(Float32Array.from(a), Float32Array.from(b))
        expect(own).toBeCloseTo(Number.isNaN(expected) ? 0 : expected, 12)
      }),
    )
    expect(rankAgreement(Float32Array.of(0, 0, 0), Float32Array.of(1, 2, 3))).toBe(0)
    expect(rankAgreement(Float32Array.of(1, 2, 4), Float32Array.of(-1, -2, -3))).toBeCloseTo(-1, 12)
  })

  it('by rank without ties is 1 − 6 Σ d² / (n (n² − 1)), and at random 0', () => {
    const first = Float32Array.of(1, 2, 3, 4, 5)
    const agreements = ordersOf([1, 2, 3, 4, 5]).map((order) => {
      const squares = order.reduce((sum, rank, i) => sum + (rank - (i + 1)) ** 2, 0)
      const agreement = rankAgreement(first, Float32Array.from(order))
      expect(agreement).toBeCloseTo(1 - (6 * squares) / (5 * 24), 12)
      return agreement
    })
    expect(meanOf(agreements)).toBeCloseTo(0, 12)
  })

  it('by the most relevant pixels is the mean overlap over all ways to order equal ones', () => {
    fc.assert(
      fc.property(maps, maps, fc.integer({ min: 1, max: 5 }), (a, b, k) => {
        const tops = (values: readonly number[]) =>
          ordersOf([0, 1, 2, 3, 4])
            .filter((order) => order.every((p, i) => i === 0 || values[order[i - 1]!]! >= values[p]!))
            .map((order) => order.slice(0, k))
        const overlaps = tops(a).flatMap((one) =>
          tops(b).map((other) => one.filter((place) => other.includes(place)).length / k),
        )
        expect(topAgreement(Float32Array.from(a), Float32Array.from(b), k)).toBeCloseTo(meanOf(overlaps), 9)
      }),
      { numRuns: 25 },
    )
    expect(topAgreement(new Float32Array(10), new Float32Array(10), 2)).toBeCloseTo(0.2, 12)
  })

  it('is refused for maps of different sizes and more pixels than there are', () => {
    const two = Float32Array.of(1, 2)
    expect(() => topAgreement(two, Float32Array.of(1), 1)).toThrow('the explanations have 2 and 1 pixels')
    expect(() => topAgreement(two, two, 3)).toThrow('k is 3; it must be a whole number from 1 to 2')
  })
})
