import { describe, expect, it } from 'vitest'
import { areaUnderRoc, correlation } from '../../src/statistics/index.js'

describe('the area under the ROC curve', () => {
  it('counts pairs in order, ties half', () => {
    expect(areaUnderRoc([3, 1, 2], [1, 0, 1])).toBe(1)
    expect(areaUnderRoc([1, 3, 2, 2], [1, 0, 1, 0])).toBe(0.125)
    expect(areaUnderRoc([1, 1], [1, 1])).toBe(0.5)
  })

  it('is refused where flags are missing or a value is not finite', () => {
    expect(() => areaUnderRoc([1, 2], [1])).toThrow('there are 2 values and 1 flags: each needs its own')
    expect(() => areaUnderRoc([1, Number.NaN], [1, 0])).toThrow('values[1] is NaN')
  })
})

describe("Pearson's correlation", () => {
  it('is ±1 on a line, 0 for what is even around the middle, and NaN against a constant', () => {
    expect(correlation([1, 2, 4], [-3, -6, -12])).toBeCloseTo(-1, 12)
    expect(correlation([1, 2, 3], [5, 4, 5])).toBeCloseTo(0, 12)
    expect(correlation([0.1 + 0.2, 0.3], [1, 2])).toBeNaN()
    expect(correlation([1e-44, 2e-44, 4e-44], [1, 2, 4])).toBeCloseTo(1, 12)
  })

  it('is refused for lists that do not match', () => {
    expect(() => correlation([1], [1])).toThrow('a correlation needs at least two pairs')
    expect(() => correlation([1, 2], [1])).toThrow('x has 2 values and y has 1')
  })
})
