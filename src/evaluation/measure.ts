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

/** What can be asked of the network and the method behind a batch of explanations; `x` and `relevance` are `[batch, rows, columns]`. */
export interface Probe {
  /** The sequences that were explained. */
  readonly x: Float32Array
  /** Between which numbers pixels lie; `low` is the background. */
  readonly range: { readonly low: number; readonly high: number }
  /** What was explained of each sequence, f(x), `[batch]`. */
  readonly f: Float64Array
  /** A number for each sequence that is its own, wherever it stands in a batch, to seed what is drawn for it. */
  readonly seeds: Int32Array
  /** f of the same target for other sequences of the same shape, `[batch]`. */
  evidence(x: Float32Array): Float64Array
  /** Relevance by the same method, of the same target, of other sequences of the same shape. */
  explain(x: Float32Array): Float32Array
  /** What `make` gives for these sequences and targets, made once for all methods and measures that name the same key. */
  once?<Value>(key: string, make: () => Value): Value
}

/** A batch of explained sequences, and what can be asked of their network and method. */
export interface ScoredBatch {
  readonly sequences: readonly ScoredSequence[]
  readonly probe: Probe
}

/** A measure of how good an explanation is, such as how well relevance finds the relevant items. */
export interface Measure {
  /** In files, tables and command lines, e.g. `cosine`. */
  readonly id: string
  /** In text and on axes, e.g. `Cosine similarity`. */
  readonly title: string
  /** Where there is little room, e.g. `cos`. Default: the title. */
  readonly short?: string
  readonly style?: SeriesStyle
  /** The lowest and the highest value there can be; infinite where there is no bound. */
  readonly range: readonly [low: number, high: number]
  /** Which scores are the better ones. Default: higher. */
  readonly better?: 'higher' | 'lower'
  /** What figures call the baseline. Default: chance. */
  readonly baselineName?: string
  /**
   * What an explanation scores that knows nothing, drawn into figures and printed beside numbers: the mean over random ones, or, where that
   * is no one number, the score of a simple one that `baselineName` says, such as zeros. Whether scores above it are good is for `better`
   * to say.
   */
  baseline(problem: MeasuredProblem): number
  /** The score of one sequence, within `range`; of a measure that judges relevance alone. */
  score?(sequence: ScoredSequence): number
  /** The scores of a batch, `[batch]`, of a measure that tries the network or the method out; a measure has either this or `score`. */
  scores?(batch: ScoredBatch): ArrayLike<number>
}

/** A measure that judges relevance alone. */
export type RelevanceMeasure = Measure & Required<Pick<Measure, 'score'>>

/**
 * A measure of one's own, ready for evaluation, claims, figures, tables and commands.
 *
 * @throws Error naming the measure when a part is missing or unknown, or the range is empty
 * @example
 * const first = defineMeasure({
 *   id: 'first',
 *   title: 'Relevant item first',
 *   range: [0, 1],
 *   baseline: ({ items, majority }) => majority / items,
 *   score: ({ itemRelevance, relevant }) => relevant[itemRelevance.indexOf(Math.max(...itemRelevance))]!,
 * })
 */
export function defineMeasure<Given extends Measure>(measure: Given): Given {
  checkNames('measure', measure)
  const [low, high] = measure.range ?? []
  if (!(typeof low === 'number' && typeof high === 'number' && low < high))
    throw new Error(
      `measure '${measure.id}' has the range ${JSON.stringify(measure.range)}; it must be [low, high] with low < high`,
    )
  if (typeof measure.baseline !== 'function')
    throw new Error(`measure '${measure.id}' has no function baseline`)
  if ((typeof measure.score === 'function') === (typeof measure.scores === 'function'))
    throw new Error(
      `measure '${measure.id}' has ${measure.score ? 'both' : 'neither'} the function score, of one sequence, ${measure.score ? 'and' : 'nor'} scores, of a batch; it must have one of them`,
    )
  if (measure.better !== undefined && measure.better !== 'higher' && measure.better !== 'lower')
    throw new Error(`measure '${measure.id}' has better: '${measure.better}'; allowed are higher and lower`)
  register('measure', measure)
  return measure
}
