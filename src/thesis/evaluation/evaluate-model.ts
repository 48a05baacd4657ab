import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../backend/use-backend.js'
import { assembleBatch, batchesOf, batchLabels, permutation } from '../../data/batches.js'
import { relevanceCosines } from '../../evaluation/index.js'
import { explain, type Method } from '../../explanation/index.js'
import { toTensors } from '../../network/parameters.js'
import { predictionsOf } from '../../network/predictions.js'
import { networkOf } from '../models/configuration.js'
import { sequencesOf } from '../models/sequences.js'
import type { Model } from '../models/training-run.js'

export interface EvaluateOptions {
  readonly methods: readonly Method[]
  /** How many test sequences, drawn once and for all by the problem's seed; all unless told. */
  readonly limit?: number
  /** Told after every batch, with the share done in [0, 1]. */
  onProgress?(done: number): void
}

/** How well a model's explanations find the relevant items, sequence by sequence. */
export interface ModelEvaluation {
  /** 1 where the prediction is the label, `[sequences]`. */
  readonly correct: Uint8Array
  /** The cosine of each sequence by method, `[sequences]`. */
  readonly cosines: Readonly<Record<string, Float64Array>>
}

const BATCH = 100

/** Explains the label's logit of test sequences with each method, and compares where relevance went with where it should have gone. */
export async function evaluateModel(model: Model, options: EvaluateOptions): Promise<ModelEvaluation> {
  await useBackend()
  const { configuration } = model
  const { test } = await sequencesOf(configuration.dataset, configuration.problem)
  const count = Math.min(options.limit ?? test.count, test.count)
  const chosen = permutation(test.count, configuration.problem.seed).slice(0, count).sort()
  const { forward } = networkOf(configuration)
  const w = toTensors(model.parameters)
  const pixels = new Float32Array(BATCH * test.rows * test.columns)
  const correct = new Uint8Array(count)
  const cosines = Object.fromEntries(options.methods.map(({ id }) => [id, new Float64Array(count)]))

  try {
    let done = 0
    for (const which of batchesOf(chosen, BATCH)) {
      const labels = batchLabels(test, which)
      const relevant = Array.from(which).flatMap((s) =>
        Array.from(test.relevant.subarray(s * test.itemsPerSequence, (s + 1) * test.itemsPerSequence)),
      )
      const x = tf.tensor3d(assembleBatch(test, which, pixels), [which.length, test.rows, test.columns])
      for (const [index, method] of options.methods.entries()) {
        const { relevance, shape, logits } = explain(forward, w, x, {
          method,
          target: labels,
          repeated: which.length === BATCH && count > 2 * BATCH,
        })
        cosines[method.id]!.set(relevanceCosines(relevance, shape, relevant), done)
        if (index === 0) {
          const predictions = predictionsOf(logits, test.classes)
          for (const [row, label] of labels.entries())
            correct[done + row] = predictions[row] === label ? 1 : 0
        }
        await setImmediate()
      }
      x.dispose()
      done += which.length
      options.onProgress?.(done / count)
    }
  } finally {
    tf.dispose(w)
  }
  return { correct, cosines }
}
