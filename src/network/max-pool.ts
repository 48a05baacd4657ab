import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from './custom-gradient.js'
import { largestOf, spread, winners } from './pooling.js'

/**
 * The largest of 2×2 blocks `[n, h, w, c]` → `[n, ⌈h/2⌉, ⌈w/2⌉, c]`. On the way back the winner takes all of a block's signal, gradient or
 * relevance (Montavon et al. 2019, Section 10.3.2); several that are equal take equal parts.
 */
export function maxPool(x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape
  return customGradient<Tensor4D>([x], (save) => {
    const value = largestOf(x)
    save([x, value])
    return {
      value,
      backward: (signal, [x, largest]: Tensor[]) => [
        tf.mul(spread(signal, height, width), winners(x as Tensor4D, largest as Tensor4D)),
      ],
    }
  })
}
