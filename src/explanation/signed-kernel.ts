import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { transposed } from '../network/transposed.js'

/** A kernel's parts by sign and their transposes, each made once for a whole pass, however many steps share the kernel. */
export class SignedKernel {
  private readonly parts = new Map<string, Tensor>()

  constructor(kernel: Tensor) {
    // A slice of a parameter is gone once the forward pass ends; the backward walk needs it still.
    this.parts.set('whole', tf.keep(tf.clone(kernel)))
  }

  /** The kernel itself. */
  get whole(): Tensor {
    return this.parts.get('whole')!
  }

  /** w⁺ = max(0, w). */
  get positive(): Tensor {
    return this.part('positive', () => tf.relu(this.whole))
  }

  /** w⁻ = min(0, w). */
  get negative(): Tensor {
    return this.part('negative', () => tf.minimum(this.whole, 0))
  }

  /** The kernel of the adjoint map of w. */
  get wholeTransposed(): Tensor {
    return this.part('wholeTransposed', () => transposed(this.whole))
  }

  /** The kernel of the adjoint map of w⁺. */
  get positiveTransposed(): Tensor {
    return this.part('positiveTransposed', () => transposed(this.positive))
  }

  /** The kernel of the adjoint maps of w⁺ and w⁻ at once: what w⁺ gives back is followed by what w⁻ does. */
  get bothTransposed(): Tensor {
    return this.part('bothTransposed', () => transposed(tf.concat([this.positive, this.negative], -2)))
  }

  /** The kernel of the adjoint map of w⁻. */
  get negativeTransposed(): Tensor {
    return this.part('negativeTransposed', () => transposed(this.negative))
  }

  /** w². */
  get squared(): Tensor {
    return this.part('squared', () => tf.square(this.whole))
  }

  /** The kernel of the adjoint map of w². */
  get squaredTransposed(): Tensor {
    return this.part('squaredTransposed', () => transposed(this.squared))
  }

  /** 1 for every connection, whatever its weight. */
  get ones(): Tensor {
    return this.part('ones', () => tf.onesLike(this.whole))
  }

  /** The kernel of the adjoint map of ones. */
  get onesTransposed(): Tensor {
    return this.part('onesTransposed', () => transposed(this.ones))
  }

  /** Releases all parts. */
  dispose(): void {
    for (const part of this.parts.values()) part.dispose()
  }

  private part(name: string, make: () => Tensor): Tensor {
    const known = this.parts.get(name) ?? tf.keep(tf.tidy(make))
    this.parts.set(name, known)
    return known
  }
}
