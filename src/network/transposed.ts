import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** The kernel of the adjoint map: `[in, out]` → `[out, in]`; a convolution's `[h, w, in, out]` → `[h, w, out, in]`, turned by 180°. */
export function transposed<K extends Tensor>(kernel: K): K {
  return kernel.rank === 4 ? tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) : tf.transpose(kernel)
}
