import { checkRelevance } from './check-relevance.js'
import { itemRelevance } from './item-relevance.js'
import type { Measure, Probe, ScoredSequence } from './measure.js'

/** How well the relevance of a batch finds the relevant items. */
export interface BatchScores {
  /** The relevance of each item, `[batch, items]`. */
  readonly itemRelevance: Float64Array
  /** By measure, a score for each sequence, `[batch]`. */
  readonly scores: Readonly<Record<string, Float64Array>>
}

/** Scores are computed in double precision, which may round past the end of a range by this share of its width. */
const ROUNDING = 1e-9

/**
 * Scores a batch of explanations by each measure.
 *
 * @param probe what measures may ask that try the network or the method out; made when one of them does
 * @param relevance `[batch, rows, columns]`
 * @param relevant 1 for a relevant item and 0 for any other, `[batch, items]`; items lie side by side
 * @param nameOf says whose relevance a row of the batch is, e.g. `the relevance of sequence 12 by deepTaylor`
 * @throws RangeError naming the sequence whose relevance is not finite, or the measure and the sequence whose score is out of range;
 *   Error naming the measure that has something to ask where there is no probe
 * @example
 * const relevance = Float32Array.of(1, 2, 3, 4, 5, 6)
 * const { scores } = scoreBatch(relevance, [1, 2, 3], Uint8Array.of(0, 1, 1), [cosine], () => 'the relevance')
 * scores.cosine // 0.91
 */
export function scoreBatch(
  relevance: Float32Array,
  shape: readonly [number, number, number],
  relevant: Uint8Array,
  measures: readonly Measure[],
  nameOf: (row: number) => string,
  probe?: () => Probe,
): BatchScores {
  checkRelevance(relevance, shape, nameOf)
  const [batch, rows, columns] = shape
  const items = relevant.length / batch
  const sums = itemRelevance(relevance, shape, items)
  const part = <Values extends Float32Array | Float64Array | Uint8Array>(
    values: Values,
    row: number,
    size: number,
  ) => values.subarray(row * size, (row + 1) * size) as Values
  const sequenceOf = (row: number): ScoredSequence => ({
    relevance: part(relevance, row, rows * columns),
    rows,
    columns,
    itemRelevance: part(sums, row, items),
    relevant: part(relevant, row, items),
  })
  const sequences = Array.from({ length: batch }, (_, row) => sequenceOf(row))
  const scoresBy = (measure: Measure): ArrayLike<number> => {
    if (measure.score) return sequences.map((sequence) => measure.score!(sequence))
    if (probe === undefined)
      throw new Error(`measure ${measure.id} asks the network, and there is none to ask here`)
    return measure.scores!({ sequences, probe: probe() })
  }
  const scores = measures.map((measure) => {
    const given = scoresBy(measure)
    if (given.length !== batch)
      throw new RangeError(`measure ${measure.id} gave ${given.length} scores for ${batch} sequences`)
    return [measure.id, Float64Array.from(given, (score, row) => checkedScore(measure, score, nameOf(row)))]
  })
  return { itemRelevance: sums, scores: Object.fromEntries(scores) }
}

function checkedScore({ id, range: [low, high] }: Measure, score: number, name: string): number {
  const rounding = Number.isFinite(high - low) ? ROUNDING * (high - low) : 0
  if (Number.isFinite(score) && score >= low - rounding && score <= high + rounding)
    return Math.min(high, Math.max(low, score)) + 0 // 0 in place of −0, which JSON cannot hold
  throw new RangeError(`measure ${id} scores ${name} with ${score}; it must be a number in [${low}, ${high}]`)
}
