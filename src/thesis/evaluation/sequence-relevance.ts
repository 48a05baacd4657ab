import type { MajoritySequences } from '../../data/majority.js'
import type { Measure } from '../../evaluation/measure.js'
import { cosine } from '../../evaluation/measures/cosine.js'
import { type Ledger, ledgersOf, stepSums } from '../../explanation/ledger.js'
import type { Method } from '../../explanation/method.js'
import type { Geometry } from '../../network/geometry.js'
import { mean } from '../../statistics/index.js'
import type { Model } from '../models/model-value.js'
import { relevantItems } from '../samples/choose-samples.js'
import { sequencePixels } from '../samples/sequence-pixels.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { checkDistinct } from './check-distinct.js'
import { baselinesOf } from './evaluation.js'
import { type BatchesOptions, type ExplainedBatch, explainInBatches } from './explain-in-batches.js'

/** Where one sequence's relevance lies. */
export interface SequenceRelevance {
  /** Its position among the sequences. */
  readonly sequence: number
  readonly label: number
  readonly prediction: number
  /** The logit that was explained, f(x). */
  readonly logit: number
  /** The relevance of each step, `[steps]`. */
  readonly steps: readonly number[]
  /** The relevance of each item, `[items]`. */
  readonly items: readonly number[]
  /** Positions of the relevant items, from 0. */
  readonly relevant: readonly number[]
  /** How well the relevance finds the relevant items, by measure. */
  readonly scores: Readonly<Record<string, number>>
  /** What relevance scores that knows nothing, by measure. */
  readonly baselines: Readonly<Record<string, number>>
  /** Σ |R_p| over all pixels. */
  readonly absolute: number
  /** The share of it that lies on ink: pixels brighter than the background. */
  readonly onInk: number
  /** Where all of it went, if recording was asked for. */
  readonly ledger?: Ledger
}

export interface SequenceRelevanceOptions
  extends Pick<BatchesOptions, 'target' | 'record' | 'signal' | 'onProgress'> {
  /** A method, its id or its file. */
  readonly method: Method | string
  /** Measures, or their ids or files. Default: the cosine. */
  readonly measures?: readonly (Measure | string)[]
}

/** Explains many sequences batch by batch, and keeps of each heatmap what it adds up to by step and by item. */
export async function sequenceRelevance(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { method, measures: given = [cosine], ...options }: SequenceRelevanceOptions,
): Promise<SequenceRelevance[]> {
  const methods = [await methodOf(method)]
  const measures = await Promise.all(given.map(measureOf))
  const { itemsPerSequence: items, majority } = sequences
  const baselines = baselinesOf(measures, { items, majority })
  const rows: SequenceRelevance[] = []
  await explainInBatches(
    model,
    sequences,
    which,
    { ...options, methods, measures },
    (batch, { geometry }) => {
      for (const row of relevanceRows(sequences, batch, geometry, options.record ?? false))
        rows.push({ ...row, baselines })
    },
  )
  return rows
}

/**
 * Explains the same sequences with several networks; the result is by network.
 *
 * @throws RangeError when two models are of networks with one id
 * @example
 * const { test } = await majority('mnist-maj')
 * const byNetwork = await relevanceByNetwork([model], test, [0, 1, 2], { method: 'deepTaylor' })
 */
export async function relevanceByNetwork(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: SequenceRelevanceOptions,
): Promise<Record<string, SequenceRelevance[]>> {
  checkDistinct(
    'architecture',
    models.map(({ architecture }) => architecture),
  )
  const result: Record<string, SequenceRelevance[]> = {}
  for (const [i, model] of models.entries()) {
    result[model.configuration.network] = await sequenceRelevance(model, sequences, which, {
      ...options,
      onProgress: (done) => options.onProgress?.((i + done) / models.length),
    })
  }
  return result
}

function relevanceRows(
  sequences: MajoritySequences,
  batch: ExplainedBatch,
  geometry: Geometry,
  recorded: boolean,
): Omit<SequenceRelevance, 'baselines'>[] {
  const { itemsPerSequence: items, classes, rows, columns } = sequences
  const { explanation, labels, predictions, itemRelevance, scores } = batch
  const { relevance, shape, logits, target } = explanation
  const ledgers = recorded ? ledgersOf(explanation, geometry) : []
  return Array.from(batch.which, (sequence, i) => ({
    sequence,
    label: labels[i]!,
    prediction: predictions[i]!,
    logit: logits[i * classes + target[i]!]!,
    steps: stepSums(relevance, shape, geometry, i),
    items: Array.from(itemRelevance.subarray(i * items, (i + 1) * items)),
    relevant: relevantItems(sequences, sequence),
    scores: Object.fromEntries(Object.entries(scores).map(([measure, values]) => [measure, values[i]!])),
    ...absoluteRelevance(
      relevance.subarray(i * rows * columns, (i + 1) * rows * columns),
      sequencePixels(sequences, sequence),
    ),
    ...(ledgers[i] ? { ledger: ledgers[i] } : {}),
  }))
}

function absoluteRelevance(
  relevance: Float32Array,
  pixels: Uint8Array,
): Pick<SequenceRelevance, 'absolute' | 'onInk'> {
  let [ink, absolute] = [0, 0]
  for (const [i, value] of relevance.entries()) {
    absolute += Math.abs(value)
    if (pixels[i]! > 0) ink += Math.abs(value)
  }
  return { absolute, onInk: absolute === 0 ? 0 : ink / absolute }
}

/** Parts as shares of the sum of their absolute values, which are 0 where there is nothing to share. */
export function shares(parts: readonly number[]): number[] {
  const total = parts.reduce((sum, part) => sum + Math.abs(part), 0)
  return parts.map((part) => (total === 0 ? 0 : part / total))
}

/**
 * The mean of equally long lists, entry by entry.
 *
 * @throws RangeError when there is no list
 */
export function meanOfLists(lists: readonly (readonly number[])[]): number[] {
  const [first] = lists
  if (first === undefined) throw new RangeError('a mean needs at least one list')
  return first.map((_, k) => mean(lists.map((list) => list[k]!)))
}

/** The share of a sequence's relevance that lies on its relevant items. */
export const relevantShare = ({ items, relevant }: Pick<SequenceRelevance, 'items' | 'relevant'>): number =>
  relevant.reduce((sum, k) => sum + shares(items)[k]!, 0)
