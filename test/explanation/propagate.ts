import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Recorder } from '../../src/explanation/recorder.js'
import { relevanceOperations } from '../../src/explanation/relevance-operations.js'
import type { InputRange, Rule } from '../../src/explanation/rule.js'
import type { Pass } from '../../src/network/operations.js'

/** The relevance that reaches each input of a layer from the relevance at its output. */
export function propagate(
  rule: Rule,
  inputs: Tensor[],
  relevance: Tensor,
  layer: (ops: Pass, ...inputs: Tensor[]) => Tensor,
  { range = { low: -1, high: 1 }, recorder = null }: { range?: InputRange; recorder?: Recorder | null } = {},
): Float32Array[] {
  const pass = relevanceOperations(rule, range, recorder)
  try {
    return tf.tidy(() =>
      tf
        .grads((...xs: Tensor[]) => layer(pass, ...xs))(inputs, relevance)
        .map((received) => received.dataSync<'float32'>().slice()),
    )
  } finally {
    pass.dispose()
  }
}
