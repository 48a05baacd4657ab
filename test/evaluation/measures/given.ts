import {
  itemRelevance,
  type Measure,
  type Probe,
  type ScoredSequence,
} from '../../../src/evaluation/index.js'

/** A sequence of some rows, with relevance by pixel, row-major, and the flags of its items. */
export function sequenceOf(
  relevance: ArrayLike<number>,
  relevant: ArrayLike<number>,
  rows = 1,
): ScoredSequence {
  const values = Float32Array.from(relevance)
  const columns = values.length / rows
  return {
    relevance: values,
    rows,
    columns,
    itemRelevance: itemRelevance(values, [1, rows, columns], relevant.length),
    relevant: Uint8Array.from(relevant),
  }
}

/** The score of a sequence by a measure that judges relevance alone, a pixel for each item. */
export const scoreOf = (
  measure: Measure,
  relevance: ArrayLike<number>,
  relevant: ArrayLike<number>,
  rows = 1,
): number => measure.score!(sequenceOf(relevance, relevant, rows))

/** What a test's probe does where it is not asked for more. */
interface Given {
  readonly low?: number
  readonly high?: number
  readonly seeds?: readonly number[]
  readonly explain?: (x: Float32Array) => Float32Array
}

/** A probe of a function of one sequence's pixels, which counts how often a batch is asked for. */
export function probeOf(
  f: (pixels: Float32Array) => number,
  sequences: readonly ArrayLike<number>[],
  { low = -1, high = 1, seeds = sequences.map((_, i) => i), explain = (x) => x }: Given = {},
): Probe & { readonly asked: { evidence: number; explain: number } } {
  const asked = { evidence: 0, explain: 0 }
  const x = Float32Array.from(sequences.flatMap((pixels) => Array.from(pixels)))
  const size = sequences[0]!.length
  const each = (values: Float32Array) =>
    Float64Array.from(sequences, (_, row) => f(values.subarray(row * size, (row + 1) * size)))
  return {
    x,
    range: { low, high },
    f: each(x),
    seeds: Int32Array.from(seeds),
    evidence(values) {
      asked.evidence++
      return each(values)
    },
    explain(values) {
      asked.explain++
      for (const value of values)
        if (!(value >= Math.fround(low) && value <= Math.fround(high)))
          throw new RangeError(`a pixel is ${value}, out of [${low}, ${high}]`)
      return explain(values)
    },
    asked,
  }
}

/** All flags of so many items. */
export const masksOf = (items: number): number[][] =>
  Array.from({ length: 2 ** items }, (_, set) =>
    Array.from({ length: items }, (_, item) => (set >> item) & 1),
  )

/** All orders of a list. */
export const ordersOf = <Value>(list: readonly Value[]): Value[][] =>
  list.length === 0
    ? [[]]
    : list.flatMap((value, i) => ordersOf(list.toSpliced(i, 1)).map((rest) => [value, ...rest]))

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
