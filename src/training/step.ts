import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from '../network/differentiable.js'
import type { MaskSource } from '../network/dropout-mask.js'
import type { Forward, Parameters } from '../network/operations.js'
import { predictionsOf } from '../network/predictions.js'
import { releasingTape } from '../network/release-tape.js'
import { type Layout, partOf } from './layout.js'
import { evidenceLoss } from './loss.js'

/** A batch of sequences `[batch, rows, steps·stepColumns]` in the input range and their labels `[batch]`. */
export interface Batch {
  readonly x: Float32Array
  readonly shape: [number, number, number]
  readonly labels: Int32Array
}

/** The loss of a batch (mean), and how many of its sequences are classified correctly. */
export interface BatchResult {
  readonly loss: number
  readonly correct: number
}

/** The loss of a batch and its gradient with respect to the effective parameters, written into `gradient`. */
export function lossAndGradient(
  forward: Forward,
  layout: Layout,
  effective: Float32Array,
  batch: Batch,
  gradient: Float32Array,
  dropout?: MaskSource,
): BatchResult {
  const pass = differentiable({ purpose: 'training', dropout })
  try {
    return tf.tidy(() => {
      const x = tf.tensor3d(batch.x, batch.shape)
      const tensors = parameterTensors(layout, effective)
      let correct = 0
      const loss = () => {
        const logits = forward(pass, named(layout, tensors), x)
        correct = countCorrect(logits.dataSync<'float32'>(), batch.labels)
        return evidenceLoss(logits, batch.labels)
      }
      // Unlike tf.valueAndGrads, allows for parameters that take no part: with one step nothing is recurrent.
      const { value, grads } = releasingTape(() => tf.engine().gradients(loss, tensors, undefined, true))
      for (const [index, grad] of (grads as (Tensor | undefined)[]).entries()) {
        const part = partOf(layout, gradient, index)
        if (grad === undefined) part.fill(0)
        else part.set(grad.dataSync<'float32'>())
      }
      return { loss: value.dataSync<'float32'>()[0]!, correct }
    })
  } finally {
    pass.dispose()
  }
}

/** The loss of a batch and its correct classifications, without dropout or gradients. */
export function lossAndAccuracy(
  forward: Forward,
  layout: Layout,
  effective: Float32Array,
  batch: Batch,
): BatchResult {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    return tf.tidy(() => {
      const logits = forward(
        pass,
        named(layout, parameterTensors(layout, effective)),
        tf.tensor3d(batch.x, batch.shape),
      )
      const loss = evidenceLoss(logits, batch.labels).dataSync<'float32'>()[0]!
      return { loss, correct: countCorrect(logits.dataSync<'float32'>(), batch.labels) }
    })
  } finally {
    pass.dispose()
  }
}

const parameterTensors = (layout: Layout, effective: Float32Array): Tensor[] =>
  layout.specs.map(({ shape }, index) => tf.tensor(partOf(layout, effective, index), [...shape], 'float32'))

const named = (layout: Layout, tensors: readonly Tensor[]): Parameters =>
  Object.fromEntries(layout.specs.map(({ name }, index) => [name, tensors[index]!]))

/** How many logits `[batch, classes]` are highest at the label. */
function countCorrect(logits: Float32Array, labels: Int32Array): number {
  const predictions = predictionsOf(logits, logits.length / labels.length)
  return labels.filter((label, row) => label === predictions[row]).length
}
