import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Geometry } from './geometry.js'

/**
 * Sequences `[batch, rows, steps·stepColumns]` as frames `[steps·batch, rows·stepColumns]`, step by step in the order of the scan, each row-major.
 *
 * @example
 * const byStep = frames(tf.zeros([2, 28, 84]) as tf.Tensor3D, THESIS_GEOMETRY)
 * byStep.shape // [24, 196]
 */
export function frames(x: Tensor3D, geometry: Geometry): Tensor2D {
  const { rows, steps, stepColumns } = geometry
  if (x.shape[1] !== rows || x.shape[2] !== steps * stepColumns) {
    throw new Error(
      `sequences have shape [${x.shape}]; this network reads [batch, ${rows}, ${steps * stepColumns}]`,
    )
  }
  // Sequences and rows keep their order, so that three axes are enough.
  const split = tf.reshape<tf.Rank.R3>(x, [x.shape[0] * rows, steps, stepColumns])
  const inOrder = geometry.scan === 'rightToLeft' ? tf.reverse(split, 1) : split
  const byStep = tf.transpose(inOrder, [1, 0, 2])
  return tf.reshape(byStep, [steps * x.shape[0], rows * stepColumns])
}

/** The same frames as images `[steps·batch, rows, stepColumns, 1]`. */
export const frameImages = (x: Tensor3D, geometry: Geometry): Tensor4D =>
  tf.reshape(frames(x, geometry), [-1, geometry.rows, geometry.stepColumns, 1])
