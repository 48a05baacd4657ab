import { checkNames, register } from '../values/registry.js'
import type { SeriesStyle } from '../values/series-style.js'

/** What of a problem decides how well chance does. */
export interface MeasuredProblem {
  /** Items in a sequence. */
  readonly items: number
  /** How many of them are relevant. */
  readonly majority: number
}

/** One explained sequence, and where its relevance should have gone. */
export interface ScoredSequence {
  /** Relevance of every pixel, row-major, `[rows, columns]`; finite. */
  readonly relevance: Float32Array
  readonly rows: number
  readonly columns: number
  /** The relevance of each item: the sum over its pixels, `[items]`. */
  readonly itemRelevance: Float64Array
  /** 1 for a relevant item and 0 for any other, `[items]`. */
  readonly relevant: Uint8Array
}

/** A measure of how well relevance finds the relevant items. */
export interface Measure {
  /** In files, tables and command lines, e.g. `cosine`. */
  readonly id: string
  /** In text and on axes, e.g. `Cosine similarity`. */
  readonly title: string
  /** Where there is little room, e.g. `cos`. Default: the title. */
  readonly short?: string
  readonly style?: SeriesStyle
  /** The lowest and the highest value there can be. */
  readonly range: readonly [low: number, high: number]
  /** What figures call the baseline. Default: chance. */
  readonly baselineName?: string
  /** What an explanation scores that knows nothing, drawn into figures and printed beside numbers. */
  baseline(problem: MeasuredProblem): number
  /** The score of one sequence, within `range`; the higher, the better. */
  score(sequence: ScoredSequence): number
}

/**
 * A measure of one's own, ready for evaluation, claims, figures, tables and commands.
 *
 * @throws Error naming the measure when a part is missing or the range is empty
 * @example
 * const first = defineMeasure({
 *   id: 'first',
 *   title: 'Relevant item first',
 *   range: [0, 1],
 *   baseline: ({ items, majority }) => majority / items,
 *   score: ({ itemRelevance, relevant }) => relevant[itemRelevance.indexOf(Math.max(...itemRelevance))]!,
 * })
 */
export function defineMeasure(measure: Measure): Measure {
  checkNames('measure', measure)
  const [low, high] = measure.range ?? []
  if (!(typeof low === 'number' && typeof high === 'number' && low < high))
    throw new Error(
      `measure '${measure.id}' has the range ${JSON.stringify(measure.range)}; it must be [low, high] with low < high`,
    )
  for (const part of ['baseline', 'score'] as const)
    if (typeof measure[part] !== 'function')
      throw new Error(`measure '${measure.id}' has no function ${part}`)
  register('measure', measure)
  return measure
}
