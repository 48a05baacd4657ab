import { describe, expect, it } from 'vitest'
import { flippedPixels } from '../../src/evaluation/index.js'

const x = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const relevance = Float32Array.of(0.1, 0.4, 0.3, 0.4, -1, 0, -2, 9)
const shape = [2, 2, 2] as const
const states = (fractions: number[]) =>
  Array.from(flippedPixels(x, relevance, shape, fractions, -1), (flipped) => [...flipped])

describe('pixel flipping', () => {
  it('removes the most relevant pixels of each sequence first, equals in their order', () => {
    expect(states([0, 0.25, 0.5, 1])).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [1, -1, 3, 4, 5, 6, 7, -1],
      [1, -1, 3, -1, 5, -1, 7, -1],
      [-1, -1, -1, -1, -1, -1, -1, -1],
    ])
    expect([...x]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('does not depend on the fractions before', () => {
    expect(states([0.75])[0]).toEqual(states([0, 0.25, 0.5, 0.75])[3])
  })

  it('is refused for fractions that do not ascend in [0, 1] and for arrays that do not fit', () => {
    expect(() => states([0.5, 0.25])).toThrow('fractions are 0.5, 0.25; they must ascend in [0, 1]')
    expect(() => states([1.5])).toThrow('they must ascend in [0, 1]')
    expect(() => [...flippedPixels(x, relevance, [2, 2, 3], [0], -1)]).toThrow('8 pixels and 8 relevances')
  })

  it('is refused for relevance that is not finite, which has no order', () => {
    const missing = relevance.with(5, Number.NaN)
    expect(() => [...flippedPixels(x, missing, shape, [0.5], -1)]).toThrow(
      'the relevance of sequence 1 is NaN at row 0, column 1; it must be finite',
    )
  })
})
