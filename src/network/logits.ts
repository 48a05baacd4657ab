import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.js'
import type { Forward, Parameters } from './operations.js'

/** The logits `[batch, classes]` of sequences `[batch, rows, columns]`, without dropout and without a way back. */
export function logitsOf(forward: Forward, w: Parameters, x: Tensor3D): Float32Array {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    return tf.tidy(() => forward(pass, w, x).dataSync<'float32'>().slice())
  } finally {
    pass.dispose()
  }
}
