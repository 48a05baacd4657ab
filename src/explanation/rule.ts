import type { Tensor } from '@tensorflow/tfjs-core'
import type { Linear } from '../network/linear.js'
import type { Domain } from '../network/operations.js'
import type { SignedKernel } from './signed-kernel.js'

/** A linear layer of any kind, as rules see it. */
export type AnyLinear = Linear<Tensor, Tensor>

/** The numbers between which pixels lie, low < high. */
export interface InputRange {
  readonly low: number
  readonly high: number
}

/**
 * One share of a redistribution: contributions n_ij of input i to neuron j, linear in the kernel.
 *
 * R_i = Σ_j n_ij / Σ_i' n_i'j · R_j, the denominator taken over all inputs of the neuron.
 */
export interface Share {
  /** Σ_i n_ij for each neuron, `[…, out]`. */
  denominator(linear: AnyLinear, x: Tensor, kernel: SignedKernel, range: InputRange): Tensor
  /** Σ_j n_ij s_j for each input, of x's shape, from the quotients s = R / denominator. */
  redistribute(linear: AnyLinear, s: Tensor, x: Tensor, kernel: SignedKernel, range: InputRange): Tensor
}

/** A share with its weight, and the contributions it takes from each kind of input. */
export interface WeightedShare {
  readonly weight: number
  readonly share: Readonly<Record<Domain, Share>>
}

/** A propagation rule: weighted shares for layers that read activations only, and for those that read pixels. */
export interface Rule {
  readonly hidden: readonly WeightedShare[]
  readonly pixels: readonly WeightedShare[]
}
