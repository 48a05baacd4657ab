import { describe, expect, it } from 'vitest'
import { itemRelevance } from '../../src/evaluation/index.js'

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
