import type { Tensor1D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { SMALLEST } from './distribute.js'
import type { GateShare, Rule, Share, WeightedShare } from './rule.js'
import {
  flat,
  wSquared,
  zBounded,
  zGamma,
  zMinus,
  zMinusSigned,
  zPlus,
  zPlusSigned,
  zShifted,
  zWhole,
} from './shares.js'

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

/** Whatever a layer reads, it shares out alike. */
const alike = (share: Share): WeightedShare => ({
  weight: 1,
  share: { nonnegative: share, pixels: share, signed: share },
  sign: 'positive',
})

/**
 * How a layer that reads pixels shares out relevance: z^B, which knows their range; w² or flat, which look at no input and so treat a
 * state beside the pixels like these; or z⁺ on x − low.
 */
export type PixelRule = 'zB' | 'wSquared' | 'flat' | 'shifted'

const PIXEL_SHARES: Readonly<Record<PixelRule, WeightedShare>> = {
  zB: pixelShare,
  wSquared: alike(wSquared),
  flat: alike(flat),
  // z⁺ for the states beside them, over one denominator.
  shifted: { ...plusShare, share: { nonnegative: zPlus, pixels: zShifted } },
}

/**
 * Deep Taylor decomposition with another rule for pixels or for gates: z⁺ for layers of activations ≥ 0 (Montavon et al. 2017).
 *
 * Where gates take a part of the relevance of what they multiply, their own layers share that out by z⁺, and biases, which are free in
 * gates, take none.
 *
 * @throws RangeError when there is no such rule
 * @example
 * const rule = deepTaylorRuleWith({ pixels: 'shifted', gates: 'absolute' })
 * const shifted = propagation({ id: 'shifted', title: 'z⁺ on pixels', rule, conserves: true })
 */
export function deepTaylorRuleWith({
  pixels = 'zB',
  gates = 'nothing',
}: {
  readonly pixels?: PixelRule
  readonly gates?: GateShare
} = {}): Rule {
  const share = PIXEL_SHARES[pixels]
  if (share === undefined)
    throw new RangeError(`pixels = '${pixels}'; there are ${Object.keys(PIXEL_SHARES).join(', ')}`)
  if (!GATE_SHARES.includes(gates))
    throw new RangeError(`gates = '${gates}'; there are ${GATE_SHARES.join(', ')}`)
  if (gates === 'nothing') return { hidden: [plusShare], pixels: [share] }
  return { hidden: [{ ...plusShare, bias: undefined }], pixels: [{ ...share, bias: undefined }], gates }
}

const GATE_SHARES: readonly GateShare[] = ['nothing', 'half', 'proportional', 'absolute']

/** Deep Taylor decomposition: z⁺ for layers of activations ≥ 0, z^B for the layer that reads pixels (Montavon et al. 2017). */
export const deepTaylorRule: Rule = deepTaylorRuleWith()

/**
 * Deep Taylor decomposition in which a gate takes a part of the relevance of what it multiplies; its own layer shares that out by z⁺,
 * and biases, which are free in gates, take none.
 *
 * @example
 * const shared = propagation({ id: 'shared', title: 'Half for gates', rule: deepTaylorGatesRule('half') })
 */
export const deepTaylorGatesRule = (gates: Exclude<GateShare, 'nothing'>): Rule =>
  deepTaylorRuleWith({ gates })

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
  return wholeRule(epsilon)
}

function wholeRule(epsilon?: number): Rule {
  const share: WeightedShare = {
    weight: 1,
    share: { nonnegative: zWhole, pixels: zWhole, signed: zWhole },
    sign: 'either',
    bias: (b) => b,
    epsilon,
  }
  return { hidden: [share], pixels: [share], signedSums: { epsilon: epsilon ?? 0 } }
}

/**
 * LRP-0: contributions x_i w_ij over z_j, bias included (Bach et al. 2015, Equation 56), for inputs of any kind; a z_j that counts as 0
 * distributes nothing. On networks of ReLUs without gates it is gradient × input (Shrikumar et al. 2016).
 */
export const zeroRule: Rule = wholeRule()

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
