import { describe, expect, it } from 'vitest'
import { mean, quantile, quantiles, range, standardDeviation } from '../../src/statistics/index.js'

describe('summaries of a sample', () => {
  it('mean, standard deviation and range of 1 … n have their closed forms', () => {
    for (const n of [2, 5, 100]) {
      const values = Float32Array.from({ length: n }, (_, i) => i + 1)
      expect(mean(values)).toBeCloseTo((n + 1) / 2, 12)
      expect(standardDeviation(values)).toBeCloseTo(Math.sqrt((n * (n + 1)) / 12), 12)
      expect(range(values)).toBe(n - 1)
    }
  })

  it('a single value has no spread and an empty sample has no summary', () => {
    expect(standardDeviation([4])).toBe(0)
    expect(range([4])).toBe(0)
    expect(mean([])).toBeNaN()
    expect(standardDeviation([])).toBeNaN()
    expect(range([])).toBeNaN()
  })

  it('a value that is missing shows in every summary', () => {
    for (const summary of [mean, standardDeviation, range]) expect(summary([1, Number.NaN, 3])).toBeNaN()
    expect(standardDeviation([Number.NaN])).toBeNaN()
  })

  it('quantiles interpolate linearly between order statistics and leave the sample as it was', () => {
    const values = [9, 1, 5, 3]
    expect(quantiles(values, [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 2.5, 4, 6, 9])
    expect(values).toEqual([9, 1, 5, 3])
    expect(quantile([2], 0.3)).toBe(2)
  })

  it('quantiles order numbers, not their digits', () => {
    expect(quantile([10, 9, 100, -2], 1)).toBe(100)
    expect(quantile([10, 9, 100, -2], 0)).toBe(-2)
  })

  it('bad samples and probabilities are refused by name', () => {
    expect(() => quantile([], 0.5)).toThrow('values is empty')
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow('values[1] is NaN')
    expect(() => quantile([1], 1.5)).toThrow('probability is 1.5')
    expect(() => quantile([1], Number.NaN)).toThrow('probability is NaN')
  })
})
