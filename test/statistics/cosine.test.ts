import { describe, expect, it } from 'vitest'
import { cosineSimilarity, uniformBaseline } from '../../src/statistics/index.js'

describe('cosine similarity', () => {
  it('is 1, 0 and −1 for parallel, orthogonal and opposite vectors', () => {
    expect(cosineSimilarity([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 15)
    expect(cosineSimilarity([1, 0, 0], [0, 1, 1])).toBe(0)
    expect(cosineSimilarity([1, 1, 0], [-3, -3, 0])).toBeCloseTo(-1, 15)
  })

  it('is the cosine of the angle between plane vectors', () => {
    for (const angle of [0.1, 1, 2, 3]) {
      expect(cosineSimilarity([1, 0], [5 * Math.cos(angle), 5 * Math.sin(angle)])).toBeCloseTo(
        Math.cos(angle),
        14,
      )
    }
  })

  it('does not depend on the scale, not even where squares would underflow or overflow', () => {
    for (const scale of [1e-200, 1e-30, 1, 1e200]) {
      expect(cosineSimilarity([1, 1, 0], [scale, 2 * scale, 3 * scale])).toBeCloseTo(3 / Math.sqrt(28), 14)
    }
  })

  it('of an explanation without relevance is 0 unless another value is asked for', () => {
    expect(cosineSimilarity([1, 1, 0], [0, 0, 0])).toBe(0)
    expect(cosineSimilarity([1, 1, 0], [0, 0, 0], { whenZero: Number.NaN })).toBeNaN()
  })

  it('never leaves [−1, 1]', () => {
    for (let i = 1; i < 500; i++) {
      const vector = [Math.sin(i), Math.cos(i * i), Math.sin(3 * i)]
      expect(cosineSimilarity(vector, vector)).toBeLessThanOrEqual(1)
    }
  })

  it('refuses vectors of different length and components that are not finite', () => {
    expect(() => cosineSimilarity([1], [1, 2])).toThrow('1 and 2 components')
    expect(() => cosineSimilarity([1, 2], [1, Number.NaN])).toThrow('component 1 of b is NaN')
  })
})

describe('the uniform baseline', () => {
  it('is what equal relevance on every item scores', () => {
    expect(uniformBaseline(3, 2)).toBeCloseTo(0.816, 3)
    for (const [items, relevant] of [
      [3, 2],
      [5, 3],
      [7, 7],
      [9, 1],
    ] as const) {
      const truth = Array.from({ length: items }, (_, i) => (i < relevant ? 1 : 0))
      expect(uniformBaseline(items, relevant)).toBeCloseTo(
        cosineSimilarity(
          truth,
          truth.map(() => 0.3),
        ),
        14,
      )
    }
  })

  it('needs at least one relevant item and no more than there are', () => {
    for (const [items, relevant] of [
      [3, 0],
      [3, 4],
      [3, 1.5],
      [0, 0],
    ] as const) {
      expect(() => uniformBaseline(items, relevant)).toThrow(`${relevant} relevant of ${items} items`)
    }
  })
})
