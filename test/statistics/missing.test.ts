import { describe, expect, it } from 'vitest'
import { countValues, finitePairs, finiteValues } from '../../src/statistics/index.js'

const holey = [0.5, null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2]
const leaveOut = { when: 'leave out' } as const

describe('missing values', () => {
  it('are counted by kind', () => {
    expect(countValues(holey)).toEqual({ total: 7, finite: 2, missing: 2, nan: 1, infinite: 2 })
    expect(countValues([])).toEqual({ total: 0, finite: 0, missing: 0, nan: 0, infinite: 0 })
  })

  it('are refused with their counts where nothing else is asked for', () => {
    expect(() => finiteValues('accuracy', holey)).toThrow(
      'accuracy: 2 of 7 values are finite, 2 missing, 1 NaN, 2 infinite: all have to be finite',
    )
    expect(finiteValues('accuracy', [1, 2]).values).toEqual([1, 2])
  })

  it('are left out where that is asked for, which is said', () => {
    const { values, counts, line } = finiteValues('accuracy', holey, leaveOut)
    expect(values).toEqual([0.5, 2])
    expect(counts.total - counts.finite).toBe(5)
    expect(line).toBe('accuracy: 2 of 7 values are finite, 2 missing, 1 NaN, 2 infinite')
  })

  it('take their pair with them', () => {
    const found = finitePairs([1, null, 3, 4], [5, 6, Number.NaN, 8], leaveOut)
    expect(found).toMatchObject({ a: [1, 4], b: [5, 8], leftOut: 2 })
    expect(found.counts.a.missing).toBe(1)
    expect(found.counts.b.nan).toBe(1)
  })

  it('leave something to compute with, or are refused', () => {
    expect(() => finiteValues('accuracy', [null], leaveOut)).toThrow('at least one finite value is needed')
    expect(() => finitePairs([1, null], [null, 2], leaveOut)).toThrow('no pair has two finite values')
    expect(() => finitePairs([1], [null])).toThrow('b: 0 of 1 values are finite')
    expect(() => finitePairs([1], [1, 2])).toThrow('a has 1 values and b has 2')
    expect(() => finiteValues('accuracy', [1], { when: 'drop' as 'refuse' })).toThrow('when is drop')
  })
})
