import type { MajoritySequences } from '../../data/majority.js'
import type { Measure } from '../../evaluation/measure.js'
import { cosine } from '../../evaluation/measures/cosine.js'
import { type Ledger, ledgersOf, stepSums } from '../../explanation/ledger.js'
import type { Geometry } from '../../network/geometry.js'
import type { Model } from '../models/model-value.js'
import { relevantItems } from '../samples/choose-samples.js'
import { sequencePixels } from '../samples/sequence-pixels.js'
import { type BatchesOptions, type ExplainedBatch, explainInBatches } from './explain-in-batches.js'
import type { ExplainSequencesOptions } from './explain-sequences.js'

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
  /** Σ |R_p| over all pixels. */
  readonly absolute: number
  /** The share of it that lies on ink: pixels brighter than the background. */
  readonly onInk: number
  /** Where all of it went, if recording was asked for. */
  readonly ledger?: Ledger
}

export interface SequenceRelevanceOptions
  extends ExplainSequencesOptions,
    Pick<BatchesOptions, 'signal' | 'onProgress'> {
  /** Default: the cosine. */
  readonly measures?: readonly Measure[]
}

/** Explains many sequences batch by batch, and keeps of each heatmap what it adds up to by step and by item. */
export async function sequenceRelevance(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { method, measures = [cosine], ...options }: SequenceRelevanceOptions,
): Promise<SequenceRelevance[]> {
  const rows: SequenceRelevance[] = []
  await explainInBatches(
    model,
    sequences,
    which,
    { methods: [method], measures, ...options },
    (batch, { geometry }) => {
      rows.push(...relevanceRows(sequences, batch, geometry, options.record ?? false))
    },
  )
  return rows
}

/** Explains the same sequences with several networks; the result is by network. */
export async function relevanceByNetwork(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: SequenceRelevanceOptions,
): Promise<Record<string, SequenceRelevance[]>> {
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
): SequenceRelevance[] {
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
  return first.map((_, k) => lists.reduce((sum, list) => sum + list[k]!, 0) / lists.length)
}

/** The share of a sequence's relevance that lies on its relevant items. */
export const relevantShare = ({ items, relevant }: Pick<SequenceRelevance, 'items' | 'relevant'>): number =>
  relevant.reduce((sum, k) => sum + shares(items)[k]!, 0)
