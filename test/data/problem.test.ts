import { describe, expect, it } from 'vitest'
import { checkProblem, checkSeed, type Problem, stepColumnsFor } from '../../src/data/majority-problem.js'
import { geometryOf } from '../../src/data/sequence-geometry.js'
import { mnistMaj } from '../../src/data/sources/mnist-maj.js'

const mnist = { rows: 28, columns: 28, classes: 10 }
const small = { rows: 5, columns: 9, classes: ['a', 'b', 'c'] }

describe('a problem', () => {
  it('is the thesis’s on MNIST unless something else is said', () => {
    const thesis: Problem = {
      items: 3,
      majority: 2,
      classes: 10,
      stepColumns: 7,
      scan: 'leftToRight',
      seed: 1,
      freshSequences: false,
    }
    expect(checkProblem({}, mnist)).toEqual(thesis)
    expect(checkProblem({}, mnistMaj)).toEqual(thesis)
    const other = {
      items: 5,
      majority: 3,
      classes: 4,
      stepColumns: 28,
      scan: 'rightToLeft',
      seed: -2,
    } as const
    expect(checkProblem({ ...other, freshSequences: true }, mnist)).toEqual({
      ...other,
      freshSequences: true,
    })
  })

  it('of images of another size has all their classes and a step that divides them', () => {
    expect(checkProblem({}, small)).toMatchObject({ classes: 3, stepColumns: 1 })
    expect(checkProblem({}, { rows: 8, columns: 8, classes: 3 })).toMatchObject({ stepColumns: 2 })
    expect([8, 10, 28, 32, 7, 1].map(stepColumnsFor)).toEqual([2, 2, 7, 8, 1, 1])
    for (const columns of [1, 2, 5, 7, 8, 9, 16, 28, 32, 100])
      expect(columns % stepColumnsFor(columns)).toBe(0)
  })

  const refused: readonly (readonly [object, string])[] = [
    [{ items: '5' }, 'items = "5"; allowed is a whole number from 1 to 255'],
    [{ items: 0 }, 'items = 0; allowed is a whole number from 1 to 255'],
    [{ majority: 4 }, 'majority = 4; allowed is a whole number from 1 to 3'],
    [{ majority: 1 }, 'another class would tie: the 2 other items must fit into 9 classes of at most 0 each'],
    [{ classes: 11 }, 'classes = 11; allowed is a whole number from 1 to 10'],
    [
      { stepColumns: 5 },
      'stepColumns = 5 does not divide the 84 columns of 3 images side by side; allowed are 1, 2, 3, 4, 6, 7, 12,',
    ],
    [{ scan: 'left' }, 'scan = "left"; allowed are leftToRight and rightToLeft'],
    [{ seed: -1.5 }, 'seed = -1.5; allowed is a whole number of at most 53 bits, such as 1'],
    [{ seed: 2 ** 53 }, 'seed = 9007199254740992; allowed is a whole number of at most 53 bits'],
    [{ seed: '1' }, 'seed = "1"; allowed is a whole number'],
    [{ freshSequences: 'yes' }, 'freshSequences = "yes"; allowed are true and false'],
    [
      { item: 3 },
      'The problem has no item; it has items, majority, classes, stepColumns, scan, seed, freshSequences',
    ],
  ]
  it.each(refused)('%o is refused with what is allowed, before anything is loaded', (problem, message) => {
    expect(() => checkProblem(problem as Partial<Problem>, mnist)).toThrow(message)
  })

  it('names a seed of something else by its name', () => {
    expect(() => checkSeed(Number.NaN, 'training.seed')).toThrow(
      'training.seed = NaN; allowed is a whole number',
    )
  })
})

describe('the geometry of a problem', () => {
  it('follows from the images’ size', () => {
    expect(geometryOf(checkProblem({}, mnist), mnist)).toEqual({
      rows: 28,
      stepColumns: 7,
      steps: 12,
      classes: 10,
    })
    expect(
      geometryOf(checkProblem({ items: 5, majority: 3, stepColumns: 3, scan: 'rightToLeft' }, small), small),
    ).toEqual({
      rows: 5,
      stepColumns: 3,
      steps: 15,
      classes: 3,
      scan: 'rightToLeft',
    })
  })
})
