import type { NamedTensorMap, Tensor2D, Tensor4D, TensorInfo } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { isPositive } from './indicator.js'

/** Mean of 2×2 blocks `[n, h, w, c]` → `[n, ⌈h/2⌉, ⌈w/2⌉, c]`; padding at the far edges does not count in the mean. */
export const pool = (x: Tensor4D): Tensor4D => tf.avgPool(x, 2, 2, 'same')

/** How many pixels each block of an image of `height` × `width` covers, `[1, ⌈h/2⌉, ⌈w/2⌉, 1]`, each 1, 2 or 4. */
export function blockSizes(height: number, width: number): Tensor4D {
  const [h, w] = [Math.ceil(height / 2), Math.ceil(width / 2)]
  const along = (blocks: number, length: number, block: number) =>
    block === blocks - 1 && length % 2 === 1 ? 1 : 2
  const sizes = Array.from(
    { length: h * w },
    (_, i) => along(h, height, Math.floor(i / w)) * along(w, width, i % w),
  )
  return tf.tensor4d(sizes, [1, h, w, 1])
}

/** Repeats each block's value over the pixels it covers: `[n, ⌈h/2⌉, ⌈w/2⌉, c]` → `[n, height, width, c]`. */
export function spread(y: Tensor4D, height: number, width: number): Tensor4D {
  const [n, h, w, c] = y.shape
  const doubled = tf.image.resizeNearestNeighbor(y, [2 * h, 2 * w])
  // Cropped as matrices, a row at a time: the slice of four axes is many times as slow.
  const narrow = crop(tf.reshape(doubled, [n * 2 * h, 2 * w * c]), width * c)
  return tf.reshape(crop(tf.reshape(narrow, [n, 2 * h * width * c]), height * width * c), [
    n,
    height,
    width,
    c,
  ])
}

const crop = (x: Tensor2D, columns: number): Tensor2D =>
  x.shape[1] === columns ? x : tf.slice(x, 0, [x.shape[0], columns])

/** The adjoint of the pool: each block's gradient in equal parts to the pixels it covers. */
export function poolAdjoint(dy: Tensor4D, height: number, width: number): Tensor4D {
  // The wasm kernel counts padding in the mean, so only the other one can be used.
  if (tf.getBackend() === 'wasm') return spread(tf.div(dy, blockSizes(height, width)), height, width)
  const input: TensorInfo = {
    shape: [dy.shape[0], height, width, dy.shape[3]],
    dtype: dy.dtype,
    dataId: dy.dataId,
  }
  return tf.engine().runKernel(tf.AvgPoolGrad, { dy, input } as unknown as NamedTensorMap, {
    filterSize: 2,
    strides: 2,
    pad: 'same',
  }) as Tensor4D
}

/** The largest of 2×2 blocks `[n, h, w, c]` → `[n, ⌈h/2⌉, ⌈w/2⌉, c]`; padding at the far edges is never the largest. */
export const largestOf = (x: Tensor4D): Tensor4D => tf.maxPool(x, 2, 2, 'same')

/** The share of each pixel of x in its block's maximum: 1 where it is the maximum, equal parts among several, 0 elsewhere; of x's shape. */
export function winners(x: Tensor4D, largest: Tensor4D): Tensor4D {
  const [, height, width] = x.shape
  const isLargest = tf.sub(1, isPositive(tf.sub(spread(largest, height, width), x))) as Tensor4D
  const counts = tf.mul(pool(isLargest), blockSizes(height, width)) as Tensor4D
  return tf.div(isLargest, spread(counts, height, width))
}
