import { setImmediate } from 'node:timers/promises'
import { batchesOf, batchLabels } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { Measure, Probe } from '../../evaluation/measure.js'
import { type BatchScores, scoreBatch } from '../../evaluation/score.js'
import type { Target } from '../../explanation/check-explained.js'
import { type ExplainOptions, type Explanation, explainBatch } from '../../explanation/explain-batch.js'
import type { Method } from '../../explanation/method.js'
import { predictionsOf } from '../../network/predictions.js'
import type { Model } from '../models/model-value.js'
import { checkDistinct } from './check-distinct.js'
import { type LoadedNetwork, pixelsOf, withNetwork } from './loaded-network.js'
import { probeOf } from './probe.js'

/** How many sequences are explained at once, at most. */
export const BATCH = 100

/** What is explained, and how it is looked at. */
export interface BatchesOptions {
  readonly methods: readonly Method[]
  readonly measures: readonly Measure[]
  /** The class that is explained: the label, the prediction, one class for all or one per sequence. Default: the label. */
  readonly target?: Target | 'label'
  /** Whether to record relevance at the taps and what is absorbed. Default: false. */
  readonly record?: boolean
  /** Ends the work after a batch, by throwing its reason. */
  readonly signal?: AbortSignal
  /** Told after every batch of a method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/** Sequences that a method explained, with all that is asked of them. */
export interface ExplainedBatch extends BatchScores {
  readonly method: Method
  /** Where the batch starts among all that are explained. */
  readonly start: number
  /** Positions among the sequences, `[batch]`. */
  readonly which: Int32Array
  readonly explanation: Explanation
  /** `[batch]`. */
  readonly labels: Int32Array
  /** `[batch]`. */
  readonly predictions: Int32Array
}

/**
 * The one way from sequences to scores: explains them batch by batch, by each method in turn, and gives every batch to `take`.
 *
 * @param which positions in `sequences`
 * @throws RangeError naming the method and the sequence whose relevance is not finite, or the measure whose score is out of range;
 *   when two methods or two measures have one id, or there is no method
 */
export async function explainInBatches(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  options: BatchesOptions,
  take: (batch: ExplainedBatch, network: LoadedNetwork) => void | Promise<void>,
): Promise<void> {
  const { methods, measures, signal, onProgress } = options
  if (methods.length === 0) throw new RangeError('no method is chosen; at least one is needed')
  checkDistinct('method', methods)
  checkDistinct('measure', measures)
  let done = 0
  const batches = batchesOf(Int32Array.from(which), BATCH)
  await withNetwork(model, async (network) => {
    for (const [index, batch] of batches.entries()) {
      const x = pixelsOf(sequences, batch)
      try {
        for (const method of methods) {
          signal?.throwIfAborted()
          const how: ExplainOptions = {
            method,
            target: targetOf(options.target ?? 'label', sequences, batch, index * BATCH, which.length),
            geometry: network.geometry,
            repeated: batch.length === BATCH && batches.length > 2,
          }
          const explanation = explainBatch(network.forward, network.w, x, {
            ...how,
            record: options.record ?? false,
          })
          const probe = () => probeOf(network, explanation, how, x, batch)
          await take(described(explanation, sequences, batch, index * BATCH, measures, probe), network)
          done += batch.length
          onProgress?.(done / (which.length * methods.length))
          // Lets an interrupt or a progress display have its turn.
          await setImmediate()
        }
      } finally {
        x.dispose()
      }
    }
  })
}

/** The target of a batch that starts at a position among all sequences that are explained. */
function targetOf(
  target: Target | 'label',
  sequences: MajoritySequences,
  batch: Int32Array,
  start: number,
  count: number,
): Target {
  if (target === 'label') return batchLabels(sequences, batch)
  if (target === 'prediction' || typeof target !== 'object' || target === null) return target
  if (target.length !== count) throw new Error(`there are ${target.length} targets for ${count} sequences`)
  return Array.from(batch, (_, i) => target[start + i]!)
}

function described(
  explanation: Explanation,
  sequences: MajoritySequences,
  which: Int32Array,
  start: number,
  measures: readonly Measure[],
  probe: () => Probe,
): ExplainedBatch {
  const { method, relevance, shape, logits } = explanation
  const nameOf = (row: number) => `the relevance of sequence ${which[row]} by ${method.id}`
  return {
    method,
    start,
    which,
    explanation,
    labels: batchLabels(sequences, which),
    predictions: predictionsOf(logits, sequences.classes),
    ...scoreBatch(relevance, shape, relevantFlags(sequences, which), measures, nameOf, probe),
  }
}

/** 1 where an item is relevant and 0 elsewhere, `[batch, items]`. */
function relevantFlags(
  { relevant, itemsPerSequence }: MajoritySequences,
  which: ArrayLike<number>,
): Uint8Array {
  const flags = new Uint8Array(which.length * itemsPerSequence)
  for (let i = 0; i < which.length; i++) {
    const start = which[i]! * itemsPerSequence
    flags.set(relevant.subarray(start, start + itemsPerSequence), i * itemsPerSequence)
  }
  return flags
}
