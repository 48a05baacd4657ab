import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from './custom-gradient.js'
import { dense } from './linear.js'
import { transposed } from './transposed.js'

/**
 * A kernel shared by several steps: its transpose is made once, and its gradient Σ_t x_tᵀ·dy_t is one product over all steps.
 *
 * Its uses depend on a token that depends on the kernel. The token stands before all of them on the tape, so the backward walk
 * reaches it once every use on its way has been collected, whichever these are.
 */
export class SharedKernel {
  /** What a use in training depends on in place of the kernel; its gradient is a 0 that nobody adds up. Null while explaining. */
  readonly token: Scalar | null
  private flipped: Tensor2D | null = null
  private readonly inputs: Tensor2D[] = []
  private readonly signals: Tensor2D[] = []

  // A slice of a parameter is gone once the forward pass ends; the backward walk needs it still.
  private readonly held: Tensor2D

  constructor(
    readonly tensor: Tensor2D,
    private readonly training: boolean,
  ) {
    this.held = tf.keep(tf.clone(tensor))
    this.token = training
      ? tf.keep(
          customGradient<Scalar>([tensor], () => ({
            value: tf.scalar(0),
            backward: () => [this.gradient()],
          })),
        )
      : null
  }

  /** The kernel's transpose, kept until the pass ends. */
  transposed(): Tensor2D {
    this.flipped ??= tf.keep(transposed(this.held))
    return this.flipped
  }

  /** Remembers one use's input `[batch, in]` and the gradient at its output `[batch, out]`. */
  collect(x: Tensor2D, dy: Tensor2D): void {
    if (!this.training) return
    this.inputs.push(tf.keep(tf.clone(x)))
    this.signals.push(tf.keep(tf.clone(dy)))
  }

  /** The gradient over all collected uses. */
  private gradient(): Tensor2D {
    const gradient = dense.kernelAdjoint(
      tf.concat(this.inputs, 0),
      tf.concat(this.signals, 0),
      this.tensor.shape,
    )
    tf.dispose([this.inputs, this.signals])
    this.inputs.length = 0
    this.signals.length = 0
    return gradient
  }

  /** Releases what was kept for the pass. */
  dispose(): void {
    tf.dispose([this.held, this.inputs, this.signals])
    this.token?.dispose()
    this.flipped?.dispose()
    this.flipped = null
  }
}
