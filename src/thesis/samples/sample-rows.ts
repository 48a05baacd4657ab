import type { Dataset } from '../../data/dataset.js'
import type { MajoritySequences } from '../../data/majority.js'
import { provenance } from '../../data/provenance.js'
import type { Measure } from '../../evaluation/measure.js'
import { cosine } from '../../evaluation/measures/cosine.js'
import type { Method } from '../../explanation/method.js'
import type { HeatmapRow } from '../../figures/drawings/heatmap-figure.js'
import type { MethodRow } from '../../figures/drawings/method-figure.js'
import type { ProblemRow } from '../../figures/drawings/problem-figure.js'
import {
  type BatchesOptions,
  type ExplainedBatch,
  explainInBatches,
} from '../evaluation/explain-in-batches.js'
import { explainSequences } from '../evaluation/explain-sequences.js'
import type { Model } from '../models/model-value.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { relevantItems } from './choose-samples.js'
import { sequencePixels } from './sequence-pixels.js'

/**
 * A sequence of a dataset for the problem figure.
 *
 * @example
 * problemFigure([problemRow(model.dataset, test, 0)], { steps: test.steps })
 */
export function problemRow(
  { classes }: Pick<Dataset, 'classes'>,
  sequences: MajoritySequences,
  sequence: number,
): ProblemRow {
  return {
    rows: sequences.rows,
    columns: sequences.columns,
    pixels: sequencePixels(sequences, sequence),
    classes: provenance(sequences, sequence).map(({ label }) => classes[label]!),
    label: classes[sequences.labels[sequence]!]!,
    relevant: relevantItems(sequences, sequence),
  }
}

/**
 * One sequence, explained by a method, its id or its file, for the method figure.
 *
 * @example
 * methodFigure(await methodRow(model, test, 0, 'deepTaylor'), { steps: test.steps })
 */
export async function methodRow(
  model: Model,
  sequences: MajoritySequences,
  sequence: number,
  given: Method | string,
): Promise<MethodRow> {
  const method = await methodOf(given)
  const explanation = await explainSequences(model, sequences, [sequence], { method })
  return {
    network: model.configuration.network,
    method: method.id,
    rows: sequences.rows,
    columns: sequences.columns,
    pixels: sequencePixels(sequences, sequence),
    values: explanation.relevance,
    logit: explanation.logits[explanation.target[0]!]!,
  }
}

export interface HeatmapRowsOptions extends Pick<BatchesOptions, 'target' | 'signal' | 'onProgress'> {
  /** Measures, or their ids or files. Default: the cosine. */
  readonly measures?: readonly (Measure | string)[]
}

/** A heatmap with the class that its network predicts, by name. */
export interface ExplainedRow extends HeatmapRow {
  readonly prediction: string
}

/**
 * The heatmaps of some sequences in some networks by some methods, with scores and predictions, which are in the title where they are
 * wrong.
 *
 * @param which positions in `sequences`
 * @param methods values, or their ids or files
 * @example
 * const few = chooseSamples(test, 2, 1)
 * heatmapFigure(await heatmapRows([model], test, few, ['sensitivity', 'deepTaylor']))
 */
export async function heatmapRows(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  methods: readonly (Method | string)[],
  { measures: given = [cosine], onProgress, ...options }: HeatmapRowsOptions = {},
): Promise<ExplainedRow[]> {
  const measures = await Promise.all(given.map(measureOf))
  const values = await Promise.all(methods.map(methodOf))
  const rows: ExplainedRow[] = []
  const work = models.flatMap((model) => values.map((method) => ({ model, method })))
  for (const [turn, { model, method }] of work.entries()) {
    const own = { ...options, methods: [method], measures }
    const progress = (done: number) => onProgress?.((turn + done) / work.length)
    await explainInBatches(model, sequences, which, { ...own, onProgress: progress }, (batch) => {
      rows.push(...explainedRows(model, sequences, batch))
    })
  }
  return rows
}

/** The heatmaps of a batch of explanations. */
export function explainedRows(
  { configuration: { network }, dataset: { classes } }: Model,
  sequences: MajoritySequences,
  { method, which, labels, predictions, scores, explanation: { relevance } }: ExplainedBatch,
): ExplainedRow[] {
  const { rows, columns, itemsPerSequence } = sequences
  return Array.from(which, (sequence, i) => {
    const prediction = classes[predictions[i]!]!
    return {
      network,
      method: method.id,
      sample: `${classes[labels[i]!]} (no. ${sequence})`,
      rows,
      columns,
      values: relevance.slice(i * rows * columns, (i + 1) * rows * columns),
      pixels: sequencePixels(sequences, sequence),
      items: itemsPerSequence,
      relevant: relevantItems(sequences, sequence),
      scores: Object.entries(scores).map(([measure, values]) => ({ measure, value: values[i]! })),
      prediction,
      ...(predictions[i] === labels[i] ? {} : { title: `predicts ${prediction}` }),
    }
  })
}
