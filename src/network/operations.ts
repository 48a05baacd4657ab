import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'

/**
 * What is known of a layer's inputs: pixels lie in the input range, `nonnegative` signals are activations ≥ 0 such as those of a
 * ReLU, `signed` ones may have either sign, such as those of a tanh. Methods are defined for some domains and refuse the others.
 */
export type Domain = 'nonnegative' | 'pixels' | 'signed'

/** The step a signal belongs to, from 0, or all of them at once, or the state before the first. */
export type TapStep = number | 'all' | 'initial'

/** A layer input multiplied by its kernel, kept apart from its siblings until `affine` adds them; opaque outside its interpretation. */
export interface Term {
  readonly domain: Domain
}

/**
 * The algebra in which every architecture is written; training and each explanation method are interpretations of it.
 *
 * Kernels and biases are of any rank to TypeScript, since parameters come by name; what does not fit is refused by `describe`.
 * Architectures use nothing else to compute. Only data movement (reshape, transpose, split, concat, reverse) may stand beside it, since
 * a raw `tf.add` or `tf.mul` would lose relevance without a word.
 */
export interface Operations {
  /** One input of a layer: x `[batch, in]` of that domain, kernel `[in, out]`. */
  term(x: Tensor2D, kernel: Tensor, domain: Domain): Term
  /** The same input at all steps in one product: x `[steps·batch, in]`, step by step; returns one term a step. */
  terms(x: Tensor2D, kernel: Tensor, domain: Domain, steps: number): Term[]
  /**
   * The layer Σ terms + bias `[out]`: several kinds of input, or one kernel at several steps, with one sum and one denominator;
   * returns `[batch, out]`.
   */
  affine(layer: string, terms: readonly Term[], bias: Tensor): Tensor2D
  /** SAME convolution with stride 1, of all rows or of one part after another: x `[n, height, width, in]`, kernel `[h, w, in, out]`, bias `[out]`. */
  conv2d(layer: string, x: Tensor4D, kernel: Tensor, bias: Tensor, domain: Domain): Tensor4D
  /** 2×2 mean with stride 2 and SAME padding that does not count: `[n, h, w, c]` → `[n, ⌈h/2⌉, ⌈w/2⌉, c]`. */
  averagePool(layer: string, x: Tensor4D, domain?: Domain): Tensor4D
  /** 2×2 maximum with stride 2 and SAME padding that is never the maximum: `[n, h, w, c]` → `[n, ⌈h/2⌉, ⌈w/2⌉, c]`. */
  maxPool(layer: string, x: Tensor4D): Tensor4D
  /** max(0, x), of any shape. */
  relu<T extends Tensor>(x: T): T
  /** 1 / (1 + e⁻ˣ), of any shape. */
  sigmoid<T extends Tensor>(x: T): T
  /** min(1, max(0, x)), of any shape: a gate of straight lines, whose slope and offset are part of the layer before it. */
  hardSigmoid<T extends Tensor>(x: T): T
  /** (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), of any shape; what it returns is `signed`. */
  tanh<T extends Tensor>(x: T): T
  /** gate · signal, element by element; gate in [0, 1], the output of `sigmoid`, `hardSigmoid` or `complement`. */
  gate(gate: Tensor2D, signal: Tensor2D): Tensor2D
  /** 1 − gate, element by element, such as a GRU's share of the new state; gate in [0, 1]. */
  complement(gate: Tensor2D): Tensor2D
  /** kept + added, element by element. Default domain: both are ≥ 0; `layer` names the sum where a method refuses another domain. */
  sum(kept: Tensor2D, added: Tensor2D, domain?: Domain, layer?: string): Tensor2D
  /**
   * Attention to all that was read so far: at each step, for each hop, the mean of the values at the steps up to it, weighted by a softmax
   * of their scores (Ismail et al. 2019, Section 3).
   *
   * scores `[steps·batch, hops]` and values `[steps·batch, units]`, step by step; returns `[steps·batch, hops·units]` of the values' domain,
   * since a mean lies among what it is made of. Scores decide what is looked at and take no relevance.
   */
  attend(layer: string, scores: Tensor2D, values: Tensor2D, domain: Domain, steps: number): Tensor2D
  /** Dropout of a layer's output while training, x otherwise; rows are `[steps·batch]` where all steps come at once. */
  keep(layer: string, x: Tensor2D): Tensor2D
  /** x itself; where a ledger is kept, the relevance arriving here is recorded under the name and step. */
  tap(name: string, step: TapStep, x: Tensor2D): Tensor2D
  /** The state before the first step: zeros `[batch, units]`; `after` is any signal of the sequences, which ties it to the walk. */
  initial(name: string, batch: number, units: number, after: Tensor2D): Tensor2D
  /** `training` operations differentiate with respect to parameters, `explaining` ones refuse to. */
  readonly purpose: 'training' | 'explaining'
}

/** The operations of one forward and backward pass, and the release of what they kept for it. */
export interface Pass extends Operations {
  /** Called once the network is computed: throws where it is not one that these operations are for. */
  complete?(): void
  dispose(): void
}

/** The tensors of a network by name, e.g. `hidden.kernel` `[in, out]` and `hidden.bias` `[out]`. */
export type Parameters = Readonly<Record<string, Tensor>>

/** A network as a function of its operations, parameters and sequences `[batch, rows, steps·stepColumns]` → logits `[batch, classes]`. */
export type Forward = (ops: Operations, w: Parameters, x: Tensor3D) => Tensor2D
