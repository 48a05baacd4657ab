import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Layout, partOf } from './layout.js'

/**
 * Biases are trained as b = −softplus(β), which keeps them ≤ 0 as deep Taylor needs; this β gives b = −0.01.
 */
export const INITIAL_BETA = Math.log(Math.expm1(0.01))

const softplus = (x: number) => (x > 30 ? x : Math.log1p(Math.exp(x)))

/** The effective parameters of trained ones: b = −softplus(β) for every bias ≤ 0, the rest as it is; writes into `effective`. */
export function toEffective(layout: Layout, trained: Float32Array, effective: Float32Array): Float32Array {
  effective.set(trained)
  forNegativeBiases(layout, effective, (beta) => -softplus(beta), trained)
  return effective
}

/** b = −softplus(β) as an operation on tensors. */
export const negativeBias = <T extends Tensor>(beta: T): T => tf.neg(tf.softplus(beta))

/** The gradient with respect to β from that with respect to b, as an operation on tensors: ∂b/∂β = −sigmoid(β). */
export const negativeBiasGradient = <T extends Tensor>(beta: T, db: T): T =>
  tf.neg(tf.mul(db, tf.sigmoid(beta)) as T)

/** The trained parameters that give the effective ones: β = ln(e⁻ᵇ − 1); b = 0 has no β and gets the smallest float's. */
export function fromEffective(layout: Layout, effective: Float32Array): Float32Array {
  const trained = effective.slice()
  forNegativeBiases(
    layout,
    trained,
    (b) => (-b > 30 ? -b : Math.log(Math.max(Math.expm1(-b), 1e-38))),
    effective,
  )
  return trained
}

function forNegativeBiases(
  layout: Layout,
  target: Float32Array,
  map: (source: number, current: number) => number,
  source: Float32Array,
): void {
  for (const [index, { kind }] of layout.specs.entries()) {
    if (kind !== 'negativeBias') continue
    const from = partOf(layout, source, index)
    const to = partOf(layout, target, index)
    for (let i = 0; i < to.length; i++) to[i] = map(from[i]!, to[i]!)
  }
}
