import { describe, expect, it } from 'vitest'
import { cosine, defineMeasure, type Measure, scoreBatch } from '../../src/evaluation/index.js'

/** Two sequences of two rows and six columns, three items of two columns each. */
const shape = [2, 2, 6] as const
const relevance = Float32Array.of(
  ...[1, 2, 3, 4, 5, 6],
  ...[10, 20, 30, 40, 50, 60],
  ...[-1, 1, 0, 2, 0, 0],
  ...[-1, 1, 0, 2, 0, 0],
)
const relevant = Uint8Array.of(1, 0, 1, 1, 1, 0)
const nameOf = (row: number) => `the relevance of sequence ${row} by mine`
const scoresOf = (
  measures: readonly Measure[],
  values = relevance,
  size: readonly [number, number, number] = shape,
  flags = relevant,
) => scoreBatch(values, size, flags, measures, nameOf)

/** A measure that scores every sequence alike. */
const constant = (score: number, range: readonly [number, number] = [0, 1]) =>
  defineMeasure({ id: 'constant', title: 'Constant', range, baseline: () => 0, score: () => score })

describe('the cosine of an explanation', () => {
  it('compares the items with the relevant ones', () => {
    const [first, second] = scoresOf([cosine]).scores.cosine!
    expect(first).toBeCloseTo((33 + 121) / Math.sqrt(2 * (33 ** 2 + 77 ** 2 + 121 ** 2)), 12)
    expect(second).toBeCloseTo(Math.SQRT1_2, 12)
  })

  it('is the baseline for equal relevance and 1 for relevance shared by the relevant items', () => {
    const flags = Uint8Array.of(1, 0, 1)
    const equal = scoresOf([cosine], new Float32Array(12).fill(1), [1, 2, 6], flags).scores.cosine!
    expect(equal[0]).toBeCloseTo(cosine.baseline({ items: 3, majority: 2 }), 12)
    const right = scoresOf([cosine], Float32Array.of(1, 0, 0, 0, 0, 1), [1, 1, 6], flags).scores.cosine!
    expect(right[0]).toBeCloseTo(1, 12)
  })
})

describe('scores of a batch', () => {
  it('come by measure, each measure seeing one sequence at a time with its own items', () => {
    const seen: unknown[] = []
    const first = defineMeasure({
      id: 'first',
      title: 'Relevant item first',
      range: [0, 1],
      baseline: ({ items, majority }) => majority / items,
      score: ({ relevance, rows, columns, itemRelevance, relevant }) => {
        seen.push([[...relevance].length, rows, columns, [...itemRelevance], [...relevant]])
        return relevant[itemRelevance.indexOf(Math.max(...itemRelevance))]!
      },
    })
    const { scores, itemRelevance } = scoresOf([cosine, first])
    expect(Object.keys(scores)).toEqual(['cosine', 'first'])
    expect([...scores.first!]).toEqual([1, 1])
    expect([...itemRelevance]).toEqual([33, 77, 121, 0, 4, 0])
    expect(seen).toEqual([
      [12, 2, 6, [33, 77, 121], [1, 0, 1]],
      [12, 2, 6, [0, 4, 0], [1, 1, 0]],
    ])
  })

  it('are refused where relevance is not finite, naming whose and where', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const values = relevance.slice()
      values[12 + 6 + 2] = bad
      expect(() => scoresOf([cosine], values)).toThrow(
        `the relevance of sequence 1 by mine is ${bad} at row 1, column 2; it must be finite`,
      )
    }
  })

  it('are refused where a score is not finite or out of range, naming the measure and the sequence', () => {
    for (const bad of [Number.NaN, 1.1, -0.1, Number.NEGATIVE_INFINITY])
      expect(() => scoresOf([constant(bad)])).toThrow(
        `measure constant scores the relevance of sequence 0 by mine with ${bad}; it must be a number in [0, 1]`,
      )
  })

  it('have no negative zero, which no file could hold', () => {
    expect(Object.is(scoresOf([constant(-0)]).scores.constant![0], 0)).toBe(true)
  })

  it('that rounding puts just past an end of the range are that end', () => {
    expect([...scoresOf([constant(1 + 1e-12)]).scores.constant!]).toEqual([1, 1])
    expect([...scoresOf([constant(7, [0, Number.POSITIVE_INFINITY])]).scores.constant!]).toEqual([7, 7])
  })
})

it('a measure without a range, a baseline or a score is refused by name', () => {
  const parts = {
    id: 'mine',
    title: 'Mine',
    range: [0, 1] as const,
    baseline: () => 0.5,
    score: () => 1,
  }
  expect(() => defineMeasure({ ...parts, range: [1, 1] })).toThrow(
    "measure 'mine' has the range [1,1]; it must be [low, high] with low < high",
  )
  expect(() => defineMeasure({ ...parts, score: undefined as unknown as () => number })).toThrow(
    "measure 'mine' has neither the function score, of one sequence, nor scores, of a batch; it must have one of them",
  )
  expect(() => defineMeasure({ ...parts, scores: () => [] })).toThrow(
    "measure 'mine' has both the function score, of one sequence, and scores, of a batch; it must have one of them",
  )
  expect(() => defineMeasure({ ...parts, better: 'more' as 'higher' })).toThrow(
    "measure 'mine' has better: 'more'; allowed are higher and lower",
  )
})
