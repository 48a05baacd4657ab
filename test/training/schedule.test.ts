import { describe, expect, it } from 'vitest'
import { learningRateAt } from '../../src/training/schedule.js'

describe('the learning rate', () => {
  it('stays where it is when constant', () => {
    expect([0, 0.3, 0.999].map((progress) => learningRateAt('constant', 2e-4, progress))).toEqual([
      2e-4, 2e-4, 2e-4,
    ])
  })

  it('goes down half a cosine: whole at the start, half in the middle, towards 0 at the end', () => {
    expect(learningRateAt('cosine', 1e-3, 0)).toBe(1e-3)
    expect(learningRateAt('cosine', 1e-3, 1 / 3)).toBeCloseTo(0.75e-3, 12)
    expect(learningRateAt('cosine', 1e-3, 0.5)).toBeCloseTo(0.5e-3, 12)
    expect(learningRateAt('cosine', 1e-3, 0.75)).toBeCloseTo(0.5e-3 * (1 - Math.SQRT1_2), 12)
    expect(learningRateAt('cosine', 1e-3, 1)).toBeCloseTo(0, 12)
  })
})
