import type { MajoritySequences } from '../data/majority.js'
import type { Measure } from '../evaluation/measure.js'
import { cosine } from '../evaluation/measures/cosine.js'
import { type Ledger, ledgersOf, type Method, stepSums } from '../explanation/index.js'
import {
  type BatchesOptions,
  type ExplainedBatch,
  explainInBatches,
} from './evaluation/explain-in-batches.js'
import type { Model } from './models/model-value.js'
import { type ExplainedRow, explainedRows } from './samples/sample-rows.js'
import { measureOf, methodOf } from './values/value-of.js'

export interface ExplainOptions
  extends Pick<BatchesOptions, 'target' | 'evidence' | 'signal' | 'onProgress'> {
  /** A method, its id, or a file such as `./mine.ts`. */
  readonly method: Method | string
  /** What scores the explanations. Default: the cosine. */
  readonly measures?: readonly (Measure | string)[]
}

/** Explanations of some sequences, in the order in which these were asked for. */
export class SequenceExplanations {
  /** Relevance of every pixel, `[sequences, rows, columns]`. */
  readonly relevance: Float32Array
  /** `[sequences, classes]`. */
  readonly logits: Float32Array
  /** The class that is explained, `[sequences]`. */
  readonly target: Int32Array
  /** The class that the network predicts, `[sequences]`. */
  readonly predictions: Int32Array
  /** By measure, a score for each sequence, `[sequences]`. */
  readonly scores: Readonly<Record<string, Float64Array>>

  constructor(
    readonly model: Model,
    readonly sequences: MajoritySequences,
    readonly method: Method,
    private readonly batches: readonly ExplainedBatch[],
  ) {
    this.relevance = Float32Array.from(
      batches.flatMap(({ explanation }) => Array.from(explanation.relevance)),
    )
    this.logits = Float32Array.from(batches.flatMap(({ explanation }) => Array.from(explanation.logits)))
    this.target = Int32Array.from(batches.flatMap(({ explanation }) => Array.from(explanation.target)))
    this.predictions = Int32Array.from(batches.flatMap(({ predictions }) => Array.from(predictions)))
    this.scores = Object.fromEntries(
      Object.keys(batches[0]?.scores ?? {}).map((measure) => [
        measure,
        Float64Array.from(batches.flatMap(({ scores }) => Array.from(scores[measure]!))),
      ]),
    )
  }

  /** How many sequences were explained. */
  get count(): number {
    return this.target.length
  }

  /**
   * The heatmap of explanation `i`, ready for `heatmapFigure`: its relevance is `values`, `[rows, columns]`.
   *
   * @throws RangeError when there is no such explanation
   */
  heatmap(i: number): ExplainedRow {
    const batch = this.batches.find(({ start, which }) => i >= start && i < start + which.length)
    if (!Number.isInteger(i) || batch === undefined)
      throw new RangeError(`there is no explanation ${i}; they are numbered 0 to ${this.count - 1}`)
    return explainedRows(this.model, this.sequences, batch)[i - batch.start]!
  }

  /** The relevance of each step in reading order, a list per sequence, `[sequences][steps]`. */
  byStep(): number[][] {
    return this.batches.flatMap(({ explanation: { relevance, shape } }) =>
      Array.from({ length: shape[0] }, (_, row) => stepSums(relevance, shape, this.sequences, row)),
    )
  }

  /** The relevance of each item from left to right, a list per sequence, `[sequences][items]`. */
  byItem(): number[][] {
    const { itemsPerSequence } = this.sequences
    return this.batches.flatMap(({ itemRelevance, which }) =>
      Array.from(which, (_, row) =>
        Array.from(itemRelevance.subarray(row * itemsPerSequence, (row + 1) * itemsPerSequence)),
      ),
    )
  }

  /** Where all that entered at the logit went, a ledger per sequence; throws an Error when the method has none. */
  ledger(): Ledger[] {
    return this.batches.flatMap(({ explanation }) => ledgersOf(explanation, this.sequences))
  }
}

/**
 * Explains some sequences with a model: the logit of a class, or its log-odds. Default: the logit of the label.
 *
 * @param which positions in `sequences`
 * @throws RangeError or Error naming what was wrong: a sequence that there is not, a target that is no class, a method that is not
 *   defined for a layer of the network
 * @example
 * const model = await loadModel('mnist-maj', 'r-lstm')
 * const { test } = await majority('mnist-maj')
 * const explained = await explain(model, test, [0, 1, 2], { method: 'deepTaylor' })
 * explained.byItem() // where relevance went
 * explained.ledger() // and that none of it was lost
 */
export async function explain(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { method: given, measures = [cosine], ...options }: ExplainOptions,
): Promise<SequenceExplanations> {
  if (which.length === 0) throw new RangeError('no sequence is chosen; give at least one position')
  const method = await methodOf(given)
  const batches: ExplainedBatch[] = []
  const scored = await Promise.all(measures.map((measure) => measureOf(measure)))
  // What a ledger needs is recorded at once, since nobody knows yet whether it will be asked for.
  const record = method.ledger !== undefined
  await explainInBatches(
    model,
    sequences,
    which,
    { ...options, methods: [method], measures: scored, record },
    (batch) => {
      batches.push(batch)
    },
  )
  return new SequenceExplanations(model, sequences, method, batches)
}
