import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/**
 * A linear layer without its bias, and its two adjoints written out: `tf.grad` inside a gradient function throws, and the
 * library's own gradients are slow on wasm (matMul with a transpose flag, conv2dTranspose) or missing (the kernel's).
 */
export interface Linear<X extends Tensor, K extends Tensor> {
  /** x and kernel to output. */
  apply(x: X, kernel: K): X
  /** ⟨apply(x, kernel), y⟩ = ⟨x, adjoint(y, transposed(kernel))⟩: from the output side back to the input side. */
  adjoint(y: X, transposedKernel: K): X
  /** ⟨apply(x, kernel), y⟩ = ⟨kernel, kernelAdjoint(x, y, kernel.shape)⟩. */
  kernelAdjoint(x: X, y: X, shape: K['shape']): K
}

/** x `[n, in]` · kernel `[in, out]`. */
export const dense: Linear<Tensor2D, Tensor2D> = {
  apply: (x, kernel) => tf.matMul(x, kernel),
  adjoint: (y, transposedKernel) => tf.matMul(y, transposedKernel),
  // Only wasm is slower with the flag than with a transpose of its own.
  kernelAdjoint: (x, y) =>
    tf.getBackend() === 'wasm' ? tf.matMul(tf.transpose(x), y) : tf.matMul(x, y, true),
}

/** Stride-1 SAME convolution of x `[n, height, width, in]` with kernel `[h, w, in, out]`, h and w odd. */
export const convolution: Linear<Tensor4D, Tensor4D> = {
  apply: (x, kernel) => tf.conv2d(x, kernel, 1, 'same'),
  adjoint: (y, transposedKernel) => tf.conv2d(y, transposedKernel, 1, 'same'),
  kernelAdjoint: (x, y, shape) => {
    const [h, w] = shape
    if (tf.getKernel(tf.Conv2DBackpropFilter, tf.getBackend()) !== undefined) {
      const attributes = { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: shape }
      return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy: y }, attributes) as Tensor4D
    }
    // The kernel's gradient is itself a convolution once batch and channels change places.
    const padding: [number, number][] = [
      [0, 0],
      [(h - 1) / 2, (h - 1) / 2],
      [(w - 1) / 2, (w - 1) / 2],
      [0, 0],
    ]
    const images = tf.transpose<Tensor4D>(tf.pad(x, padding), [3, 1, 2, 0])
    const signals = tf.transpose<Tensor4D>(y, [1, 2, 0, 3])
    return tf.transpose(tf.conv2d(images, signals, 1, 'valid'), [1, 2, 0, 3])
  },
}
