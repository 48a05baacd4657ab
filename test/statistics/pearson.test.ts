import { describe, expect, it } from 'vitest'
import { pearson, pooledPearson } from '../../src/statistics/pearson.js'

/** By the definition, around the means. */
function slow(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const dx = x.map((value) => value - mean(x))
  const dy = y.map((value) => value - mean(y))
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  return dot(dx, dy) / Math.sqrt(dot(dx, dx) * dot(dy, dy))
}

const x = [3, 1, 4, 1, 5, 9, 2, 6]
const y = [2, 7, 1, 8, 2, 8, 1, 8]

describe("Pearson's correlation", () => {
  it('is the covariance over both standard deviations', () => {
    expect(pearson(x, y)).toBeCloseTo(slow(x, y), 12)
    expect(
      pearson(
        x.map((value) => 1e6 + value),
        y,
      ),
    ).toBeCloseTo(slow(x, y), 9)
  })

  it('is 1 on a rising line and −1 on a falling one', () => {
    expect(
      pearson(
        x,
        x.map((value) => 2 * value - 7),
      ),
    ).toBeCloseTo(1, 12)
    expect(
      pearson(
        x,
        x.map((value) => -value),
      ),
    ).toBeCloseTo(-1, 12)
  })

  it('is 0 where one side is constant but for rounding', () => {
    expect(pearson(x, new Array(x.length).fill(4))).toBe(0)
    expect(
      pearson(
        x.map((value) => 1 + value * 1e-8),
        y,
      ),
    ).toBe(0)
  })

  it('of units is that of all their pairs, inside its interval over units', () => {
    const units = [0, 2, 4, 6].map((from) => ({ x: x.slice(from, from + 2), y: y.slice(from, from + 2) }))
    const { estimate, low, high } = pooledPearson(units, { resamples: 200 })
    expect(estimate).toBeCloseTo(slow(x, y), 12)
    expect(low).toBeLessThan(estimate)
    expect(high).toBeGreaterThan(estimate)
  })

  it('refuses pairs that are none', () => {
    expect(() => pearson([1, 2], [1])).toThrow('x has 2 values and y has 1')
    expect(() => pearson([], [])).toThrow('x is empty')
    expect(() => pearson([1, Number.NaN], [1, 2])).toThrow('x[1] is NaN')
    expect(() => pooledPearson([])).toThrow('there is no unit')
  })
})
