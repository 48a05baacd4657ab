import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/**
 * 1 where x > 0 and 0 where x = 0, for x ≥ 0.
 *
 * Of the two ways to say it, tf.step is six kernels on the native backend, and tf.sign on wasm is slow and 0 below about 1e-6.
 */
export const isPositive = <T extends Tensor>(x: T): T =>
  tf.getBackend() === 'wasm' ? tf.step(x) : tf.sign(x)
