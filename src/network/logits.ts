import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.js'
import type { Forward, Parameters } from './operations.js'

/**
 * The logits `[batch, classes]` of sequences `[batch, rows, columns]`, without dropout and without a way back.
 *
 * @example
 * const w = toTensors(model.parameters)
 * const x = tf.zeros([2, 28, 84]) as tf.Tensor3D
 * predictionsOf(logitsOf(rLstm.forward(THESIS_GEOMETRY, rLstm.units), w, x), THESIS_GEOMETRY.classes)
 * tf.dispose([w, x])
 */
export function logitsOf(forward: Forward, w: Parameters, x: Tensor3D): Float32Array {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    return tf.tidy(() => forward(pass, w, x).dataSync<'float32'>().slice())
  } finally {
    pass.dispose()
  }
}
