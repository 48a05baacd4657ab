import type { Tensor1D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Adam's state: the first and second moments and the number of steps taken. */
export interface AdamState {
  readonly m: Float32Array
  readonly v: Float32Array
  steps: number
}

/** A flat vector of parameters and its moments, `[size]` each. */
export interface AdamVectors {
  readonly parameters: Tensor1D
  readonly m: Tensor1D
  readonly v: Tensor1D
}

const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-8

/** Adam's state before the first step. */
export const startAdam = (size: number): AdamState => ({
  m: new Float32Array(size),
  v: new Float32Array(size),
  steps: 0,
})

/** How many numbers tell `adamStep` about a step. */
export const ADAM_SCALARS = 2

/** What is different in step t = 1, 2, …: the learning rate over 1 − β₁ᵗ, and 1 / (1 − β₂ᵗ). */
export const adamScalars = (t: number, learningRate: number): Float32Array =>
  Float32Array.of(learningRate / (1 - BETA1 ** t), 1 / (1 - BETA2 ** t))

/**
 * One step of Adam (Kingma and Ba 2015, Algorithm 1) on a flat vector.
 *
 * @param gradient `[size]`
 * @param scalars those of the step, `[ADAM_SCALARS]`
 */
export function adamStep(before: AdamVectors, gradient: Tensor1D, scalars: Tensor1D): AdamVectors {
  const [rate, correction] = tf.split<Tensor1D>(scalars, ADAM_SCALARS)
  const m = tf.add(tf.mul(before.m, BETA1), tf.mul(gradient, 1 - BETA1)) as Tensor1D
  const v = tf.add(tf.mul(before.v, BETA2), tf.mul(tf.square(gradient), 1 - BETA2)) as Tensor1D
  const scale = tf.add(tf.sqrt(tf.mul(v, correction!)), EPSILON)
  const parameters = tf.sub(before.parameters, tf.div(tf.mul(m, rate!), scale)) as Tensor1D
  return { parameters, m, v }
}
