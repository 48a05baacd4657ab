import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** A target that follows from the logits. */
export type OwnTarget = 'prediction' | 'runnerUp'

/**
 * The class of each sequence that is explained: one that follows from its logits, or one-hot rows, as values by the number of classes
 * or as a tensor `[batch, classes]`.
 */
export type Chosen = OwnTarget | ((classes: number) => Float32Array) | Tensor2D

/** Whether a target follows from the logits. */
export const isOwn = (chosen: Chosen): chosen is OwnTarget => typeof chosen === 'string'

/** The target of each sequence as one-hot rows `[batch, classes]`. */
export function chosenBy(chosen: Chosen, logits: Tensor2D): Tensor2D {
  if (isOwn(chosen)) return ownTarget(chosen, logits)
  const { shape } = logits
  return typeof chosen === 'function' ? tf.tensor2d(chosen(shape[1]), shape) : tf.clone(chosen)
}

function ownTarget(own: OwnTarget, logits: Tensor2D): Tensor2D {
  const classes = logits.shape[1]
  if (own === 'runnerUp' && classes < 2)
    throw new Error('there is no runner-up among the classes of a network that has one')
  const first = (values: Tensor2D): Tensor2D =>
    tf.cast(tf.oneHot(tf.argMax(values, 1), classes) as Tensor2D, 'float32')
  const predicted = first(logits)
  if (own === 'prediction') return predicted
  return first(tf.add(tf.mul(logits, tf.sub(1, predicted)), tf.mul(predicted, -1e30)))
}
