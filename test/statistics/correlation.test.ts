import { describe, expect, it } from 'vitest'
import { correlation, pooledCorrelation, SINGLE_ROUNDING } from '../../src/statistics/correlation.js'

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
    expect(correlation(x, y)).toBeCloseTo(slow(x, y), 12)
    const far = x.map((value) => 1e6 + value)
    expect(correlation(far, y)).toBeCloseTo(slow(x, y), 9)
  })

  it('is 1 on a rising line, −1 on a falling one and 0 for what is even around the middle, however small', () => {
    const rising = x.map((value) => 2 * value - 7)
    expect(correlation(x, rising)).toBeCloseTo(1, 12)
    expect(correlation([1, 2, 4], [-3, -6, -12])).toBeCloseTo(-1, 12)
    expect(correlation([1, 2, 3], [5, 4, 5])).toBeCloseTo(0, 12)
    expect(correlation([1e-44, 2e-44, 4e-44], [1, 2, 4])).toBeCloseTo(1, 12)
  })

  it('is NaN where one side is constant but for rounding: in double precision, or in single when asked', () => {
    expect(correlation(x, new Array(x.length).fill(4))).toBeNaN()
    expect(correlation(new Array(x.length).fill(0), y)).toBeNaN()
    expect(correlation([0.1 + 0.2, 0.3], [1, 2])).toBeNaN()
    const nearOne = x.map((value) => 1 + value * 1e-8)
    expect(correlation(nearOne, y)).toBeCloseTo(slow(x, y), 6)
    expect(correlation(nearOne, y, { rounding: SINGLE_ROUNDING })).toBeNaN()
    expect(correlation(y, nearOne, { rounding: SINGLE_ROUNDING })).toBeNaN()
  })

  it('refuses pairs that are none', () => {
    expect(() => correlation([1, 2], [1])).toThrow('x has 2 values and y has 1')
    expect(() => correlation([1], [1])).toThrow('a correlation needs at least two pairs')
    expect(() => correlation([], [])).toThrow('x is empty')
    expect(() => correlation([1, Number.NaN], [1, 2])).toThrow('x[1] is NaN')
  })
})

describe("Pearson's correlation over units", () => {
  it('is that of all their pairs, inside its interval over units', () => {
    const units = [0, 2, 4, 6].map((from) => ({ x: x.slice(from, from + 2), y: y.slice(from, from + 2) }))
    const { estimate, low, high } = pooledCorrelation(units, { resamples: 200 })
    expect(estimate).toBeCloseTo(slow(x, y), 12)
    expect(low).toBeLessThan(estimate)
    expect(high).toBeGreaterThan(estimate)
  })

  it('is 0 where one side is constant, of resamples too', () => {
    const nearOne = x.map((value) => 1 + value * 1e-8)
    const options = { resamples: 50, rounding: SINGLE_ROUNDING }
    expect(pooledCorrelation([{ x: nearOne, y }], options)).toEqual({ estimate: 0, low: 0, high: 0 })
    const units = [
      { x: [1, 1], y: [1, 2] },
      { x: [3, 3], y: [3, 4] },
    ]
    // Every other resample draws one unit twice.
    expect(pooledCorrelation(units, { resamples: 50 }).low).toBe(0)
  })

  it('refuses to speak of no unit', () => {
    expect(() => pooledCorrelation([])).toThrow('there is no unit')
  })
})
