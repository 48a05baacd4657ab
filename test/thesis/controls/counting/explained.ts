import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../../../src/backend/use-backend.js'
import { explainBatch, type InputRange, type Method } from '../../../../src/explanation/index.js'
import { type NamedValues, toTensors } from '../../../../src/network/parameters.js'
import type { CountingNetwork } from '../../../../src/thesis/controls/counting/counting-network.js'
import type { CountingSequences } from '../../../../src/thesis/controls/counting/counting-sequences.js'

/** What a method says of a network's sequences, and f of their targets. */
export async function explained(
  network: CountingNetwork,
  sequences: CountingSequences,
  method: Method,
  { range = sequences.task.range, parameters }: { range?: InputRange; parameters?: NamedValues } = {},
): Promise<{ readonly relevance: Float32Array; readonly f: Float32Array }> {
  await useBackend()
  const { count, geometry, pixels, target } = sequences
  const w = toTensors(parameters ?? (await network.parameters(0)))
  const x = tf.tensor3d(pixels, [count, geometry.rows, geometry.steps])
  try {
    const options = { method, target, range, geometry }
    const { relevance, logits } = explainBatch(network.forward(geometry.steps), w, x, options)
    return { relevance, f: Float32Array.from(target, (k, i) => logits[i * geometry.classes + k]!) }
  } finally {
    tf.dispose([w, x])
  }
}
