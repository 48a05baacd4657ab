import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { LayerInput, Share } from './rule.js'
import type { SignedKernel } from './signed-kernel.js'

/** min(0, x). */
const negativePart = (x: Tensor): Tensor => tf.minimum(x, 0)

/** z⁺: contributions x_i w⁺_ij of inputs ≥ 0 (Montavon et al. 2017, the z⁺-rule). */
export const zPlus: Share = {
  denominator: ({ linear, x, kernel }) => linear.apply(x, kernel.positive),
  redistribute: (s, { linear, x, kernel }) => tf.mul(x, linear.adjoint(s, kernel.positiveTransposed)),
}

/** z⁻: contributions x_i w⁻_ij of inputs ≥ 0, all of them ≤ 0. */
export const zMinus: Share = {
  denominator: ({ linear, x, kernel }) => linear.apply(x, kernel.negative),
  redistribute: (s, { linear, x, kernel }) => tf.mul(x, linear.adjoint(s, kernel.negativeTransposed)),
}

/** (x_i w_ij)⁺ of inputs of either sign: x⁺_i w⁺_ij + x⁻_i w⁻_ij (Bach et al. 2015, Equation 60). */
export const zPlusSigned: Share = {
  denominator: ({ linear, x, kernel }) =>
    tf.add(linear.apply(tf.relu(x), kernel.positive), linear.apply(negativePart(x), kernel.negative)),
  redistribute: (s, { linear, x, kernel }) =>
    tf.add(
      tf.mul(tf.relu(x), linear.adjoint(s, kernel.positiveTransposed)),
      tf.mul(negativePart(x), linear.adjoint(s, kernel.negativeTransposed)),
    ),
}

/** (x_i w_ij)⁻ of inputs of either sign: x⁺_i w⁻_ij + x⁻_i w⁺_ij (Bach et al. 2015, Equation 60). */
export const zMinusSigned: Share = {
  denominator: ({ linear, x, kernel }) =>
    tf.add(linear.apply(tf.relu(x), kernel.negative), linear.apply(negativePart(x), kernel.positive)),
  redistribute: (s, { linear, x, kernel }) =>
    tf.add(
      tf.mul(tf.relu(x), linear.adjoint(s, kernel.negativeTransposed)),
      tf.mul(negativePart(x), linear.adjoint(s, kernel.positiveTransposed)),
    ),
}

/** z: contributions x_i w_ij of inputs of either sign (Bach et al. 2015, Equation 56). */
export const zWhole: Share = {
  denominator: ({ product }) => tf.clone(product),
  redistribute: (s, { linear, x, kernel }) => tf.mul(x, linear.adjoint(s, kernel.wholeTransposed)),
}

/** Contributions x_i (w_ij + γ w⁺_ij) of inputs ≥ 0 (Montavon et al. 2019, Section 10.2.3). */
export const zGamma = (gamma: number): Share => ({
  denominator: ({ linear, x, kernel, product }) =>
    tf.add(product, tf.mul(linear.apply(x, kernel.positive), gamma)),
  redistribute: (s, { linear, x, kernel }) =>
    tf.mul(
      x,
      tf.add(
        linear.adjoint(s, kernel.wholeTransposed),
        tf.mul(linear.adjoint(s, kernel.positiveTransposed), gamma),
      ),
    ),
})

/** z^B: contributions x_i w_ij − l w⁺_ij − h w⁻_ij of pixels between l and h (Montavon et al. 2017, the z^B-rule). */
export const zBounded: Share = {
  denominator: ({ linear, x, kernel, range: { low, high }, product }) => {
    // The bounds are the same for every row, so one row of them is carried through the layer.
    const row = (bound: number) => tf.fill([1, ...x.shape.slice(1)], bound)
    return tf.sub(
      product,
      tf.add(linear.apply(row(low), kernel.positive), linear.apply(row(high), kernel.negative)),
    )
  },
  // x w − l w⁺ − h w⁻ = (x − l) w⁺ + (x − h) w⁻: two products instead of three, and those two at once.
  redistribute: (s, { linear, x, kernel, range: { low, high } }) => {
    const [toPositive, toNegative] = tf.split(linear.adjoint(s, kernel.bothTransposed), 2, -1)
    return tf.add(tf.mul(tf.sub(x, low), toPositive!), tf.mul(tf.sub(x, high), toNegative!))
  },
}

/** Contributions that the input has no part in, of a kernel's part. */
const byKernel = (
  part: (kernel: SignedKernel) => Tensor,
  flipped: (kernel: SignedKernel) => Tensor,
): Share => ({
  denominator({ linear, x, kernel, product }: LayerInput) {
    // Alike in every row, so that one row is carried through the layer; padding has no part in it.
    const row = linear.apply(tf.ones([1, ...x.shape.slice(1)]), part(kernel))
    return tf.add(tf.zerosLike(product), row)
  },
  redistribute: (s, { linear, kernel }) => linear.adjoint(s, flipped(kernel)),
})

/** w²: contributions w²_ij, whatever the input is (Montavon et al. 2017, the w²-rule). */
export const wSquared: Share = byKernel(
  (kernel) => kernel.squared,
  (kernel) => kernel.squaredTransposed,
)

/** Flat: each input of a neuron contributes alike, whatever its weight (Lapuschkin et al. 2019). */
export const flat: Share = byKernel(
  (kernel) => kernel.ones,
  (kernel) => kernel.onesTransposed,
)

/** z⁺ on x − l: contributions (x_i − l) w⁺_ij of pixels ≥ l, as if they were activations. */
export const zShifted: Share = {
  denominator: ({ linear, x, kernel, range: { low } }) => linear.apply(tf.sub(x, low), kernel.positive),
  redistribute: (s, { linear, x, kernel, range: { low } }) =>
    tf.mul(tf.sub(x, low), linear.adjoint(s, kernel.positiveTransposed)),
}
