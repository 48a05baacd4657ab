import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'

/** log Σ e^x over the logits and one more that is fixed at 0, `[batch]`. */
function logPartition(logits: Tensor2D): Tensor1D {
  const extended = tf.pad(logits, [
    [0, 0],
    [0, 1],
  ])
  const highest = tf.max(extended, 1, true)
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(extended, highest)), 1)), tf.squeeze<Tensor1D>(highest, [1]))
}

/**
 * Softmax cross-entropy with one more logit fixed at 0, so that evidence for a class is a positive logit; mean over the batch.
 *
 * logits and target `[batch, classes]`, the target's rows one-hot.
 *
 * @param count of the sequences over which the mean is taken, where these are only a part of them
 */
export function evidenceLoss(logits: Tensor2D, target: Tensor2D, count = logits.shape[0]): Scalar {
  const [batch] = logits.shape
  return customGradient<Scalar>([logits], (save) => {
    const partition = logPartition(logits)
    const probabilities = tf.exp(tf.sub(logits, tf.reshape(partition, [batch, 1])))
    save([tf.div(tf.sub(probabilities, target), count)])
    const evidence = tf.sum(tf.mul(logits, target), 1)
    return {
      value: tf.div(tf.sum(tf.sub(partition, evidence)), count) as Scalar,
      backward: (dy, [gradient]) => [tf.mul(gradient!, dy)],
    }
  })
}
