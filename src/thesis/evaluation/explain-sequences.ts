import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../backend/use-backend.js'
import { assembleBatch, batchLabels } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import { type Explanation, explain, type Method, type Target } from '../../explanation/index.js'
import { toTensors } from '../../network/parameters.js'
import { networkOf } from '../models/configuration.js'
import type { Model } from '../models/training-run.js'

export interface ExplainSequencesOptions {
  readonly method: Method
  /** `label` unless told. */
  readonly target?: Target | 'label'
  /** Whether to record taps and the ledger. */
  readonly record?: boolean
  /** Whether more batches of as many sequences follow, so that compiling the walk pays where the backend can. */
  readonly repeated?: boolean
}

/**
 * Explains some sequences with a model in one batch.
 *
 * @param which positions in `sequences`, `[batch]`; a batch of more than a few hundred wants much memory
 */
export async function explainSequences(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { method, target = 'label', record, repeated }: ExplainSequencesOptions,
): Promise<Explanation> {
  await useBackend()
  const { rows, columns } = sequences
  const pixels = assembleBatch(sequences, which, new Float32Array(which.length * rows * columns))
  const x = tf.tensor3d(pixels, [which.length, rows, columns])
  const w = toTensors(model.parameters)
  try {
    const targets = target === 'label' ? batchLabels(sequences, which) : target
    return explain(networkOf(model.configuration).forward, w, x, {
      method,
      target: targets,
      record,
      repeated,
    })
  } finally {
    tf.dispose([x, w])
  }
}
