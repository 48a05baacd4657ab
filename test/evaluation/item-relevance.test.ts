import { describe, expect, it } from 'vitest'
import { itemRelevance, relevanceCosines } from '../../src/evaluation/index.js'

/** Two sequences of two rows and six columns, three items of two columns each. */
const shape = [2, 2, 6] as const
const relevance = Float32Array.of(
  1,
  2,
  3,
  4,
  5,
  6,
  10,
  20,
  30,
  40,
  50,
  60,
  -1,
  1,
  0,
  2,
  0,
  0,
  -1,
  1,
  0,
  2,
  0,
  0,
)

describe('item relevance', () => {
  it('adds up the pixels of each item, over all rows', () => {
    expect([...itemRelevance(relevance, shape, 3)]).toEqual([33, 77, 121, 0, 4, 0])
    expect([...itemRelevance(relevance, shape, 1)]).toEqual([231, 4])
  })

  it('is refused where items do not divide the columns', () => {
    expect(() => itemRelevance(relevance, shape, 4)).toThrow('4 items do not divide 6 columns')
  })
})

describe('the cosine of an explanation', () => {
  it('compares the items with the relevant ones', () => {
    const [first, second] = relevanceCosines(relevance, shape, [1, 0, 1, 1, 1, 0])
    expect(first).toBeCloseTo((33 + 121) / Math.sqrt(2 * (33 ** 2 + 77 ** 2 + 121 ** 2)), 12)
    expect(second).toBeCloseTo(Math.SQRT1_2, 12)
  })

  it('is √(2/3) for equal relevance and 1 for relevance shared by the relevant items', () => {
    const equal = relevanceCosines(new Float32Array(12).fill(1), [1, 2, 6], [1, 0, 1])
    expect(equal[0]).toBeCloseTo(Math.sqrt(2 / 3), 12)
    const right = relevanceCosines(Float32Array.of(1, 0, 0, 0, 0, 1), [1, 1, 6], [1, 0, 1])
    expect(right[0]).toBeCloseTo(1, 12)
  })
})
