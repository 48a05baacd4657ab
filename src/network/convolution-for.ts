import type { Tensor4D } from '@tensorflow/tfjs-core'
import { banded } from './banded.js'
import { convolution, type Linear } from './linear.js'

/** Up to this many times the numbers to multiply with, dense products are the faster ones. */
const MOST = 6

/** The quicker way to a convolution of images `[n, height, width, in]` with kernel `[h, w, in, out]`: images of one channel go by dense products. */
export function convolutionFor(x: Tensor4D, kernel: Tensor4D): Linear<Tensor4D, Tensor4D> {
  const [, w, channels] = kernel.shape
  return channels === 1 && x.shape[2] <= MOST * w ? banded : convolution
}
