import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
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

/** What a share is told of one input of a layer. */
export interface LayerInput {
  readonly linear: AnyLinear
  readonly x: Tensor
  readonly kernel: SignedKernel
  readonly range: InputRange
  /** x·W, which the layer needs anyway. */
  readonly product: Tensor
}

/**
 * Contributions n_ij of input i to neuron j, linear in the kernel.
 *
 * R_i = Σ_j n_ij / z_j · R_j, where z_j adds up over all inputs of the neuron, and its bias where the rule counts it.
 */
export interface Share {
  /** Σ_i n_ij for each neuron, `[…, out]`. */
  denominator(input: LayerInput): Tensor
  /** Σ_j n_ij s_j for each input, of x's shape, from the quotients s = R / z. */
  redistribute(s: Tensor, input: Omit<LayerInput, 'product'>): Tensor
}

/**
 * Where the denominators of a share lie: sums of parts that are all ≥ 0, or all ≤ 0; differences that are ≥ 0 but for rounding; or
 * on either side of 0.
 */
export type Sign = 'positive' | 'negative' | 'bounded' | 'either'

/** A share with its weight, and the contributions it takes from each kind of input; one that it lacks is refused. */
export interface WeightedShare {
  /** The weights of a rule's shares add up to 1 where it conserves relevance. */
  readonly weight: number
  readonly share: Readonly<Partial<Record<Domain, Share>>>
  readonly sign: Sign
  /** What a bias b contributes to its neuron's denominator, as an input of 1 whose relevance is booked under biases. Default: nothing. */
  bias?(b: Tensor1D): Tensor1D
  /** ε > 0 added to the size of denominators; what it takes is booked under epsilon. Default: none. */
  readonly epsilon?: number
}

/** How much of the relevance of gate · signal the gate takes: nothing, half, g / (g + s), or |g| / (|g| + |s|) (Arras, Arjona-Medina et al. 2019). */
export type GateShare = 'nothing' | 'half' | 'proportional' | 'absolute'

/** What a layer does: multiply rows, or images; one that reads pixels is of that kind too. */
export type LayerType = 'dense' | 'convolution' | 'pixels'

/** Which layers get a rule of their own: one of that name, those whose names match, or those of a kind. */
export type LayerChoice =
  | { readonly name: string | RegExp; readonly kind?: undefined }
  | { readonly kind: LayerType; readonly name?: undefined }

/** A rule for some layers. */
export type LayerRule = LayerChoice & { readonly rule: Pick<Rule, 'hidden' | 'pixels'> }

/** A propagation rule: weighted shares for layers that read activations only, and for those that read pixels. */
export interface Rule {
  readonly hidden: readonly WeightedShare[]
  readonly pixels: readonly WeightedShare[]
  /** Layers with rules of their own; the first that fits counts. Default: none. */
  readonly layers?: readonly LayerRule[]
  /** Of sums and means of signals that may have either sign; where ε is 0, a sum of 0 distributes nothing. Default: these are refused. */
  readonly signedSums?: { readonly epsilon: number }
  /** Default: nothing. */
  readonly gates?: GateShare
}
