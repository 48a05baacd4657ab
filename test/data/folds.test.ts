import { describe, expect, it } from 'vitest'
import { checkProblem } from '../../src/data/majority-problem.js'
import { foldIndices, splitIndices } from '../../src/data/splits.js'

const images = { rows: 4, columns: 4, classes: 3 }

describe('folds of the training images', () => {
  const folds = [0, 1, 2].map((index) => foldIndices(10, { index, of: 3 }, 5))

  it('are disjoint and together all, each validating once', () => {
    const all = folds.flatMap(({ validation }) => [...validation])
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i))
    for (const { train, validation } of folds)
      expect([...train, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i))
  })

  it('follow from the seed, in the order of the split without folds', () => {
    expect(foldIndices(10, { index: 1, of: 3 }, 5)).toEqual(folds[1])
    expect(foldIndices(10, { index: 1, of: 3 }, 6)).not.toEqual(folds[1])
    expect(foldIndices(10, { index: 4, of: 5 }, 5)).toEqual(splitIndices(10, 0.8, 5))
  })

  it('that are empty or out of range are refused', () => {
    expect(() => foldIndices(2, { index: 0, of: 9 }, 1)).toThrow('Fold 0 of 9 of 2 images is empty')
    for (const fold of [
      { index: 3, of: 3 },
      { index: -1, of: 3 },
      { index: 0, of: 1 },
    ])
      expect(() => checkProblem({ fold }, images)).toThrow(
        /fold\.(index|of) = -?\d+; allowed is a whole number/,
      )
    expect(checkProblem({ fold: { index: 0, of: 2 } }, images).fold).toEqual({ index: 0, of: 2 })
    expect(checkProblem({}, images)).not.toHaveProperty('fold')
  })
})
