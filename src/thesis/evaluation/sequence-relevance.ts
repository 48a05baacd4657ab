import { setImmediate } from 'node:timers/promises'
import { batchesOf } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import { itemRelevance, relevanceCosines } from '../../evaluation/index.js'
import { type Ledger, ledgersOf, stepSums } from '../../explanation/index.js'
import { predictionsOf } from '../../network/predictions.js'
import type { Model } from '../models/training-run.js'
import { relevantItems } from '../samples/choose-samples.js'
import { sequencePixels } from '../samples/sample-rows.js'
import { type ExplainSequencesOptions, explainSequences } from './explain-sequences.js'

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
  /** Cosine similarity between the items' relevance and the relevant items. */
  readonly cosine: number
  /** Σ |R_p| over all pixels. */
  readonly absolute: number
  /** The share of it that lies on ink: pixels brighter than the background. */
  readonly onInk: number
  /** Where all of it went, if recording was asked for. */
  readonly ledger?: Ledger
}

export interface SequenceRelevanceOptions extends ExplainSequencesOptions {
  /** Told after every batch, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

const BATCH = 100

/** Explains many sequences batch by batch, and keeps of each heatmap what it adds up to by step and by item. */
export async function sequenceRelevance(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: SequenceRelevanceOptions,
): Promise<SequenceRelevance[]> {
  const { itemsPerSequence, steps, classes } = sequences
  const size = sequences.rows * sequences.columns
  const rows: SequenceRelevance[] = []
  for (const batch of batchesOf(Int32Array.from(which), BATCH)) {
    const explanation = await explainSequences(model, sequences, batch, {
      ...options,
      repeated: batch.length === BATCH && which.length > 2 * BATCH,
    })
    const { relevance, shape, logits, target } = explanation
    const relevant = Array.from(batch, (sequence) => relevantItems(sequences, sequence))
    const flags = relevant.flatMap((items) =>
      Array.from({ length: itemsPerSequence }, (_, k) => (items.includes(k) ? 1 : 0)),
    )
    const items = itemRelevance(relevance, shape, itemsPerSequence)
    const cosines = relevanceCosines(relevance, shape, flags)
    const predictions = predictionsOf(logits, classes)
    const ledgers = options.record ? ledgersOf(explanation, steps) : []
    for (const [i, sequence] of batch.entries()) {
      rows.push({
        sequence,
        label: sequences.labels[sequence]!,
        prediction: predictions[i]!,
        logit: logits[i * classes + target[i]!]!,
        steps: stepSums(relevance, shape, steps, i),
        items: Array.from(items.subarray(i * itemsPerSequence, (i + 1) * itemsPerSequence)),
        relevant: relevant[i]!,
        cosine: cosines[i]!,
        ...absoluteRelevance(
          relevance.subarray(i * size, (i + 1) * size),
          sequencePixels(sequences, sequence),
        ),
        ...(ledgers[i] ? { ledger: ledgers[i] } : {}),
      })
    }
    options.onProgress?.(rows.length / which.length)
    // Lets an interrupt or a progress display have its turn.
    await setImmediate()
  }
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
