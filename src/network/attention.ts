import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** What is added to the scores of steps that are still to come: e to this power is 0. */
const NEVER = -1e30

/**
 * Weighted means of the values at the steps read so far, as a linear map of the values: Y_t = A_t X_{1..t}, where A_t is a softmax of
 * the scores of steps 1 to t for each hop (Ismail et al. 2019, Section 3).
 */
export interface Attention {
  /** The means of values `[steps·batch, units]`, step by step: `[steps·batch, hops·units]`, hop by hop. */
  apply(values: Tensor2D): Tensor2D
  /** The adjoint of `apply`: `[steps·batch, hops·units]` → `[steps·batch, units]`. */
  adjoint(signal: Tensor2D): Tensor2D
  /** The gradient of ⟨signal, apply(values)⟩ with respect to the scores, `[steps·batch, hops]`. */
  scoresAdjoint(signal: Tensor2D, values: Tensor2D): Tensor2D
}

/** The attention of scores `[steps·batch, hops]`, step by step. */
export function attention(scores: Tensor2D, steps: number): Attention {
  const hops = scores.shape[1]
  const batch = scores.shape[0] / steps
  const weights = weightsOf(scores, steps)
  const toHops = (signal: Tensor2D): Tensor3D => {
    const apart = tf.reshape<tf.Rank.R4>(signal, [steps, batch, hops, signal.shape[1] / hops])
    return tf.reshape(tf.transpose<Tensor4D>(apart, [1, 2, 0, 3]), [batch, hops * steps, -1])
  }
  return {
    apply(values) {
      const means = tf.matMul(weights, toSequences(values, steps))
      const apart = tf.reshape<tf.Rank.R4>(means, [batch, hops, steps, values.shape[1]])
      return tf.reshape(tf.transpose<Tensor4D>(apart, [2, 0, 1, 3]), [steps * batch, hops * values.shape[1]])
    },
    adjoint: (signal) => {
      const received = tf.matMul(weights, toHops(signal), true)
      return tf.reshape(tf.transpose(received as Tensor3D, [1, 0, 2]), [steps * batch, -1])
    },
    scoresAdjoint(signal, values) {
      const slopes: Tensor3D = tf.mul(
        weights,
        tf.matMul(toHops(signal), toSequences(values, steps), false, true),
      )
      // Of a softmax: A ∘ (S − Σ A ∘ S), where the sum runs over the steps that a mean is made of.
      const own: Tensor = tf.sub(slopes, tf.mul(weights, tf.sum(slopes, 2, true)))
      const all: Tensor3D = tf.sum(tf.reshape(own, [batch, hops, steps, steps]), 2)
      return tf.reshape(tf.transpose<Tensor3D>(all, [2, 0, 1]), [steps * batch, hops])
    },
  }
}

/** Step by step to sequence by sequence: `[steps·batch, units]` → `[batch, steps, units]`. */
const toSequences = (x: Tensor2D, steps: number): Tensor3D =>
  tf.transpose(tf.reshape<tf.Rank.R3>(x, [steps, x.shape[0] / steps, x.shape[1]]), [1, 0, 2])

/** A, `[batch, hops·steps, steps]`: rows add up to 1, and no mean is made of what comes after its step. */
function weightsOf(scores: Tensor2D, steps: number): Tensor3D {
  const hops = scores.shape[1]
  const batch = scores.shape[0] / steps
  const apart = tf.reshape<tf.Rank.R3>(scores, [steps, batch, hops])
  const bySource = tf.reshape(tf.transpose<Tensor3D>(apart, [1, 2, 0]), [batch * hops, 1, steps])
  const future = Float32Array.from({ length: steps * steps }, (_, i) =>
    i % steps > Math.floor(i / steps) ? NEVER : 0,
  )
  const masked: Tensor = tf.add(bySource, tf.tensor3d(future, [1, steps, steps]))
  return tf.reshape(tf.softmax(masked, 2), [batch, hops * steps, steps])
}
