import type { Tensor1D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { SMALLEST } from './distribute.js'
import type { GateShare, Rule, WeightedShare } from './rule.js'
import { zBounded, zGamma, zMinus, zMinusSigned, zPlus, zPlusSigned, zWhole } from './shares.js'

/** A bias > 0 is evidence that comes from nowhere: it counts as one more input of 1. One that is ≤ 0 takes no part. */
const positiveBias = (b: Tensor1D): Tensor1D => tf.relu(b)

/** z⁺ for activations. */
const plusShare: WeightedShare = {
  weight: 1,
  share: { nonnegative: zPlus },
  sign: 'positive',
  bias: positiveBias,
}

/** z^B for pixels and z⁺ for the states beside them, over one denominator. */
const pixelShare: WeightedShare = {
  weight: 1,
  share: { nonnegative: zPlus, pixels: zBounded },
  sign: 'bounded',
  bias: positiveBias,
}

/** Deep Taylor decomposition: z⁺ for layers of activations ≥ 0, z^B for the layer that reads pixels (Montavon et al. 2017). */
export const deepTaylorRule: Rule = { hidden: [plusShare], pixels: [pixelShare] }

/**
 * Deep Taylor decomposition in which a gate takes a part of the relevance of what it multiplies; its own layer shares that out by z⁺,
 * and biases, which are free in gates, take none.
 *
 * @example
 * const shared = propagation({ id: 'shared', title: 'Half for gates', rule: deepTaylorGatesRule('half') })
 */
export function deepTaylorGatesRule(gates: Exclude<GateShare, 'nothing'>): Rule {
  return {
    hidden: [{ ...plusShare, bias: undefined }],
    pixels: [{ ...pixelShare, bias: undefined }],
    gates,
  }
}

/**
 * LRP-αβ: α·z⁺ − β·z⁻ with α − β = 1, each over its own denominator (Bach et al. 2015, Equation 60); the pixel layer keeps z^B.
 *
 * A neuron with no negative contribution leaves −β·R undistributed, so that relevance is conserved where both kinds exist only.
 *
 * @throws RangeError unless α ≥ 1 and β = α − 1
 * @example
 * const positive = propagation({ id: 'positive', title: 'LRP-α1β0', rule: alphaBetaRule(1, 0), conserves: true })
 */
export function alphaBetaRule(alpha: number, beta: number): Rule {
  if (!(alpha >= 1 && Math.abs(alpha - beta - 1) <= 1e-12)) {
    throw new RangeError(`α = ${alpha} and β = ${beta}; α must be at least 1 and α − β must be 1`)
  }
  const positive: WeightedShare = {
    weight: alpha,
    share: { nonnegative: zPlus, signed: zPlusSigned },
    sign: 'positive',
    bias: positiveBias,
  }
  const negative: WeightedShare = {
    weight: -beta,
    share: { nonnegative: zMinus, signed: zMinusSigned },
    sign: 'negative',
  }
  return { hidden: beta === 0 ? [positive] : [positive, negative], pixels: [pixelShare] }
}

/**
 * LRP-ε: contributions x_i w_ij over z_j + ε·sign z_j with z_j the whole pre-activation, bias included (Bach et al. 2015, Equation 58);
 * the same for pixels and for sums of either sign.
 *
 * @throws RangeError unless ε is at least 10⁻³⁰
 * @example
 * const coarse = propagation({ id: 'coarse', title: 'LRP-ε with ε = 0.1', rule: epsilonRule(0.1), start: 'logit' })
 */
export function epsilonRule(epsilon: number): Rule {
  if (!(epsilon >= SMALLEST && Number.isFinite(epsilon)))
    throw new RangeError(`ε = ${epsilon}; it must be at least ${SMALLEST}`)
  const share: WeightedShare = {
    weight: 1,
    share: { nonnegative: zWhole, pixels: zWhole, signed: zWhole },
    sign: 'either',
    bias: (b) => b,
    epsilon,
  }
  return { hidden: [share], pixels: [share], signedSums: { epsilon } }
}

/**
 * LRP-γ: contributions x_i (w_ij + γ w⁺_ij), bias included alike, of activations ≥ 0 (Montavon et al. 2019, Section 10.2.3); layers
 * that read pixels as in deep Taylor decomposition.
 *
 * @throws RangeError unless γ ≥ 0
 * @example
 * const strong = propagation({ id: 'strong', title: 'LRP-γ with γ = 1', rule: gammaRule(1) })
 */
export function gammaRule(gamma: number): Rule {
  if (!(gamma >= 0 && Number.isFinite(gamma))) throw new RangeError(`γ = ${gamma}; it must be at least 0`)
  const share: WeightedShare = {
    weight: 1,
    share: { nonnegative: zGamma(gamma) },
    sign: 'either',
    bias: (b) => tf.add(b, tf.mul(tf.relu(b), gamma)),
  }
  return { hidden: [share], pixels: [pixelShare] }
}
