import * as tf from '@tensorflow/tfjs-core'
import type { Share } from './rule.js'

/** z⁺: contributions x_i w⁺_ij of inputs ≥ 0 (Montavon et al. 2017, Section 4.1). */
export const zPlus: Share = {
  denominator: (linear, x, { positive }) => linear.apply(x, positive),
  redistribute: (linear, s, x, { positiveTransposed }) => tf.mul(x, linear.adjoint(s, positiveTransposed)),
}

/** z⁻: contributions x_i w⁻_ij of inputs ≥ 0, all of them ≤ 0. */
export const zMinus: Share = {
  denominator: (linear, x, { negative }) => linear.apply(x, negative),
  redistribute: (linear, s, x, { negativeTransposed }) => tf.mul(x, linear.adjoint(s, negativeTransposed)),
}

/** z^B: contributions x_i w_ij − l w⁺_ij − h w⁻_ij of pixels between l and h (Montavon et al. 2017, Section 4.2). */
export const zBounded: Share = {
  denominator: (linear, x, { whole, positive, negative }, { low, high }) => {
    // The bounds are the same for every row, so one row of them is carried through the layer.
    const row = (bound: number) => tf.fill([1, ...x.shape.slice(1)], bound)
    return tf.sub(
      linear.apply(x, whole),
      tf.add(linear.apply(row(low), positive), linear.apply(row(high), negative)),
    )
  },
  // x w − l w⁺ − h w⁻ = (x − l) w⁺ + (x − h) w⁻: two products instead of three, and those two at once.
  redistribute: (linear, s, x, { bothTransposed }, { low, high }) => {
    const [toPositive, toNegative] = tf.split(linear.adjoint(s, bothTransposed), 2, -1)
    return tf.add(tf.mul(tf.sub(x, low), toPositive!), tf.mul(tf.sub(x, high), toNegative!))
  },
}
