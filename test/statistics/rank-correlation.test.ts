import { describe, expect, it } from 'vitest'
import { rankCorrelation, ranks } from '../../src/statistics/index.js'

describe('rank correlation', () => {
  it('ranks share the mean of the places that ties span', () => {
    expect([...ranks([30, 10, 20, 20])]).toEqual([4, 1, 2.5, 2.5])
    expect([...ranks([5, 5, 5])]).toEqual([2, 2, 2])
  })

  it('is 1 for any increasing relation and −1 for any decreasing one', () => {
    const x = [0.1, 5, 2, 3, -7]
    expect(
      rankCorrelation(
        x,
        x.map((v) => v ** 3),
      ),
    ).toBeCloseTo(1, 15)
    expect(
      rankCorrelation(
        x,
        x.map((v) => Math.exp(-v)),
      ),
    ).toBeCloseTo(-1, 15)
  })

  it('without ties is 1 − 6 Σ d² / (n (n² − 1))', () => {
    const y = [3, 1, 2, 5, 4]
    const squares = y.reduce((sum, rank, i) => sum + (rank - (i + 1)) ** 2, 0)
    expect(rankCorrelation([1, 2, 3, 4, 5], y)).toBeCloseTo(1 - (6 * squares) / (5 * 24), 14)
  })

  it('with ties is Pearson’s correlation of the shared ranks and does not depend on the order of the pairs', () => {
    // ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5)
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 14)
    expect(rankCorrelation([2, 2, 3, 1], [3, 2, 4, 1])).toBeCloseTo(4.5 / Math.sqrt(22.5), 14)
  })

  it('against a constant is undefined, and pairs must match', () => {
    expect(rankCorrelation([1, 2, 3], [4, 4, 4])).toBeNaN()
    expect(() => rankCorrelation([1, 2], [1])).toThrow('x has 2 values and y has 1')
    expect(() => rankCorrelation([1], [1])).toThrow('at least two pairs')
    expect(() => rankCorrelation([1, Number.NaN], [1, 2])).toThrow('x[1] is NaN')
  })
})
