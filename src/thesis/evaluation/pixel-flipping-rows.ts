import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import { assembleBatch, batchesOf } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import { flippedPixels } from '../../evaluation/index.js'
import type { Method } from '../../explanation/index.js'
import type { PixelFlippingRow } from '../../figures/charts/pixel-flipping-figure.js'
import { logitsOf } from '../../network/logits.js'
import { toTensors } from '../../network/parameters.js'
import { bootstrapInterval } from '../../statistics/index.js'
import { networkOf } from '../models/configuration.js'
import type { Model } from '../models/training-run.js'
import { explainSequences } from './explain-sequences.js'

const BATCH = 100
/** What an image is without its ink. */
const BACKGROUND = -1

export interface PixelFlippingOptions {
  readonly methods: readonly Method[]
  /** Shares of the pixels that are removed, ascending in [0, 1]. */
  readonly fractions: readonly number[]
  /** Told after every batch of a model and method, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/**
 * What is left of the label's logit as the most relevant pixels become background: the mean of f(flipped) / f(x) over the
 * sequences with f(x) > 0, with its 95 % bootstrap interval, for each model, method and fraction.
 *
 * @throws Error when a model has f(x) ≤ 0 for every sequence
 */
export async function pixelFlippingRows(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { methods, fractions, onProgress }: PixelFlippingOptions,
): Promise<PixelFlippingRow[]> {
  const rows: PixelFlippingRow[] = []
  const batches = batchesOf(Int32Array.from(which), BATCH)
  let done = 0
  for (const model of models) {
    for (const method of methods) {
      const left: number[][] = fractions.map(() => [])
      for (const batch of batches) {
        for (const [i, values] of (await logitsLeft(model, sequences, batch, method, fractions)).entries())
          left[i]!.push(...values)
        onProgress?.(++done / (models.length * methods.length * batches.length))
        await setImmediate()
      }
      const { network } = model.configuration
      if (left[0]?.length === 0)
        throw new Error(`${network} has no evidence for its labels: all f(x) are ≤ 0`)
      for (const [i, fraction] of fractions.entries()) {
        const { estimate: value, low, high } = bootstrapInterval(left[i]!)
        rows.push({ network, method: method.id, fraction, value, low, high })
      }
    }
  }
  return rows
}

/** f(flipped) / f(x) by fraction, for the sequences of a batch with f(x) > 0. */
async function logitsLeft(
  model: Model,
  sequences: MajoritySequences,
  batch: Int32Array,
  method: Method,
  fractions: readonly number[],
): Promise<number[][]> {
  const { rows, columns, classes } = sequences
  const { relevance, shape, logits, target } = await explainSequences(model, sequences, batch, { method })
  const evidence = (of: Float32Array) => Array.from(target, (k, i) => of[i * classes + k]!)
  const before = evidence(logits)
  const { forward } = networkOf(model.configuration)
  const w = toTensors(model.parameters)
  const pixels = assembleBatch(sequences, batch, new Float32Array(batch.length * rows * columns))
  try {
    return Array.from(flippedPixels(pixels, relevance, shape, fractions, BACKGROUND), (flipped) => {
      const x = tf.tensor3d(flipped.slice(), [batch.length, rows, columns])
      const after = evidence(logitsOf(forward, w, x))
      x.dispose()
      return after.flatMap((value, i) => (before[i]! > 0 ? [value / before[i]!] : []))
    })
  } finally {
    tf.dispose(w)
  }
}
