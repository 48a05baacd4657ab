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
export const SMALLEST = 1e-30

/** 1 where x ≥ 0 and −1 where x < 0. */
const signOf = (x: Tensor): Tensor => tf.sub(1, tf.mul(2, isPositive(tf.relu(tf.neg(x)))))

/** 1 where x ≥ 0 is above `SMALLEST` and 0 elsewhere. */
const counts = (x: Tensor): Tensor => isPositive(tf.relu(tf.sub(x, SMALLEST)))

/** s = R / z, and the part of R that is left where z counts as 0. */
interface Quotient {
  readonly s: Tensor
  left(): Tensor
}

function quotient(relevance: Tensor, z: Tensor, sign: Sign): Quotient {
  switch (sign) {
    // What a z of next to nothing is made of is no larger than z, so that it gets z / SMALLEST of R.
    case 'positive':
      return {
        s: tf.div(relevance, tf.maximum(z, SMALLEST)),
        left: () => tf.mul(relevance, tf.relu(tf.sub(1, tf.div(z, SMALLEST)))),
      }
    case 'negative':
      return {
        s: tf.div(relevance, tf.minimum(z, -SMALLEST)),
        left: () => tf.mul(relevance, tf.relu(tf.add(1, tf.div(z, SMALLEST)))),
      }
    // By rounding it may come out below 0, and then its contributions need not be 0.
    case 'bounded': {
      const nonzero = counts(z)
      return {
        s: tf.div(tf.mul(relevance, nonzero), tf.maximum(z, SMALLEST)),
        left: () => tf.mul(relevance, tf.sub(1, nonzero)),
      }
    }
    // Contributions may cancel out.
    case 'either': {
      const nonzero = counts(tf.abs(z))
      return {
        s: tf.div(tf.mul(relevance, nonzero), tf.add(z, tf.sub(1, nonzero))),
        left: () => tf.mul(relevance, tf.sub(1, nonzero)),
      }
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
  const { s, left } = quotient(relevance, z, sign)
  recorder?.absorb('undistributed', left(), firstRow)
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
