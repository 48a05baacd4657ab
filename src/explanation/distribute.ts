import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import { isPositive } from '../network/indicator.js'
import type { Recorder } from './recorder.js'
import type { Sign, WeightedShare } from './rule.js'

/**
 * Denominators up to this size count as 0: relevance divided by a smaller one would leave the range of single precision.
 * It is far below anything that adds up from activations and weights.
 */
const SMALLEST = 1e-30

/** 1 where x ≥ 0 and −1 where x < 0. */
const signOf = (x: Tensor): Tensor => tf.sub(1, tf.mul(2, isPositive(tf.relu(tf.neg(x)))))

/** 1 where the size of z is above `SMALLEST` and 0 elsewhere. */
function countsAsNonzero(z: Tensor, sign: Sign): Tensor {
  const size = sign === 'positive' || sign === 'bounded' ? z : sign === 'negative' ? tf.neg(z) : tf.abs(z)
  return isPositive(tf.relu(tf.sub(size, SMALLEST)))
}

/** s = R / z, where contributions to a z that counts as 0 receive nothing that matters. */
function quotient(relevance: Tensor, z: Tensor, sign: Sign): Tensor {
  switch (sign) {
    // What a z of 0 is made of is 0 itself, so that a quotient of any size does no harm.
    case 'positive':
      return tf.div(relevance, tf.maximum(z, SMALLEST))
    case 'negative':
      return tf.div(relevance, tf.minimum(z, -SMALLEST))
    // By rounding it may come out below 0, and then its contributions need not be 0.
    case 'bounded': {
      const positive = tf.relu(tf.sub(z, SMALLEST))
      return tf.div(relevance, tf.add(positive, tf.sub(1, isPositive(positive))))
    }
    // Contributions may cancel out.
    case 'either': {
      const nonzero = countsAsNonzero(z, sign)
      return tf.div(tf.mul(relevance, nonzero), tf.add(z, tf.sub(1, nonzero)))
    }
  }
}

/** The quotient of relevance and what it is shared out by; the recorder is told of what is lost on the way. */
export function quotientOfSum(
  relevance: Tensor,
  z: Tensor,
  { sign, epsilon }: Pick<WeightedShare, 'sign' | 'epsilon'>,
  recorder: Recorder | null,
  firstRow = 0,
): Tensor {
  if (epsilon !== undefined) {
    const added = tf.mul(signOf(z), epsilon)
    const s = tf.div(relevance, tf.add(z, added))
    recorder?.absorb('epsilon', tf.mul(added, s), firstRow)
    return s
  }
  const s = quotient(relevance, z, sign)
  recorder?.absorb('undistributed', tf.mul(relevance, tf.sub(1, countsAsNonzero(z, sign))), firstRow)
  return s
}

/**
 * A layer's value on the way forward; on the way back, each denominator of each share gets weight · R / z, where z is the sum of
 * the share's denominators and of what the bias contributes.
 *
 * @param denominators by share, then by input of the layer
 * @param firstRow the place of the layer's first row among all that it computes
 */
export function distribute<T extends Tensor>(
  value: T,
  bias: Tensor1D,
  shares: readonly WeightedShare[],
  denominators: readonly T[][],
  recorder: Recorder | null,
  firstRow = 0,
): T {
  return customGradient<T>(denominators.flat(), (save) => {
    const biases = shares.map((share) => share.bias?.(bias) ?? null)
    const totals = denominators.map((parts, k) => {
      const total = parts.reduce((left, right) => tf.add(left, right))
      const contribution = biases[k]
      return contribution ? tf.add(total, contribution) : tf.clone(total)
    })
    save([...totals, ...biases.flatMap((contribution) => (contribution ? [contribution] : []))])
    const backward = (relevance: T, saved: Tensor[]) => {
      let nextBias = totals.length
      const quotients = shares.map((share, k) => {
        const { weight } = share
        const weighted = weight === 1 ? relevance : tf.mul(relevance, weight)
        const s = quotientOfSum(weighted, saved[k]!, share, recorder, firstRow)
        if (biases[k]) recorder?.absorb('biases', tf.mul(s, saved[nextBias++]!), firstRow)
        return s
      })
      return denominators.flatMap((parts, k) => parts.map(() => tf.clone(quotients[k]!)))
    }
    return { value: tf.clone(value), backward }
  })
}
