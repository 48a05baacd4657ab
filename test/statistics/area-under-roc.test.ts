import { describe, expect, it } from 'vitest'
import { areaUnderRoc } from '../../src/statistics/index.js'

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
