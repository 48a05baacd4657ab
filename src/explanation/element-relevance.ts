import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import { pool, poolAdjoint } from '../network/pooling.js'
import { quotientOfSum } from './distribute.js'
import type { Recorder } from './recorder.js'
import type { GateShare, WeightedShare } from './rule.js'

/** How sums and means divide: by what they are where all parts are ≥ 0, else by ε more. */
type Division = Pick<WeightedShare, 'sign' | 'epsilon'>

const OF_SIZES: Division = { sign: 'positive' }

/** An operation that hands relevance on as it is, such as relu: an activation of 0 has received none. */
export const passingOn =
  (compute: <T extends Tensor>(x: T) => T) =>
  <T extends Tensor>(x: T): T =>
    customGradient<T>([x], () => ({
      value: compute(x),
      backward: (relevance) => [tf.clone(relevance)],
    }))

/** Average pooling: each block's relevance goes to its pixels in proportion to x_i. */
export function averagePoolRelevance(
  x: Tensor4D,
  division: Division,
  recorder: Recorder | null,
  firstRow: number,
): Tensor4D {
  const [, height, width] = x.shape
  return customGradient<Tensor4D>([x], (save) => {
    const mean = pool(x)
    save([x, mean])
    const backward = (relevance: Tensor4D, [x, mean]: Tensor[]) => {
      const s = quotientOfSum(relevance, mean!, division, recorder, firstRow) as Tensor4D
      return [tf.mul(x!, poolAdjoint(s, height, width))]
    }
    return { value: mean, backward }
  })
}

/** kept + added: relevance goes to the two in proportion to their values. */
export function sumRelevance(
  kept: Tensor2D,
  added: Tensor2D,
  division: Division,
  recorder: Recorder | null,
): Tensor2D {
  return customGradient<Tensor2D>([kept, added], (save) => {
    const value = tf.add(kept, added) as Tensor2D
    save([kept, added])
    const backward = (relevance: Tensor2D, [kept, added]: Tensor[]) => {
      const s = quotientOfSum(relevance, tf.add(kept!, added!), division, recorder)
      return [tf.mul(kept!, s), tf.mul(added!, s)]
    }
    return { value, backward }
  })
}

/** gate · signal: all to the signal (Arras et al. 2017), or a share to the gate (Arras, Arjona-Medina et al. 2019); `division` is how the two are shared out in proportion. */
export function gateRelevance(
  gate: Tensor2D,
  signal: Tensor2D,
  share: GateShare,
  division: Division,
  recorder: Recorder | null,
): Tensor2D {
  if (share === 'nothing') {
    return customGradient<Tensor2D>([signal], () => ({
      value: tf.mul(gate, signal),
      backward: (relevance) => [tf.clone(relevance)],
    }))
  }
  return customGradient<Tensor2D>([gate, signal], (save) => {
    save([gate, signal])
    const backward = (relevance: Tensor2D, [gate, signal]: Tensor[]) => {
      if (share === 'half') return [tf.mul(relevance, 0.5), tf.mul(relevance, 0.5)]
      const isAbsolute = share === 'absolute'
      const [g, x] = isAbsolute ? [tf.abs(gate!), tf.abs(signal!)] : [gate!, signal!]
      const s = quotientOfSum(relevance, tf.add(g, x), isAbsolute ? OF_SIZES : division, recorder)
      return [tf.mul(g, s), tf.mul(x, s)]
    }
    return { value: tf.mul(gate, signal), backward }
  })
}
