import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/**
 * The neighbourhoods of every pixel of images with one channel: `[n, height, width, 1]` → `[n·height·width, h·w]`, zeros outside.
 *
 * A convolution of one channel is then a dense product, at which wasm is several times as fast as at the convolution, whose
 * inner loop over input channels has length one.
 */
export function patchesOf(images: Tensor4D, h: number, w: number): Tensor2D {
  const [n, height, width] = images.shape
  const source = images.dataSync<'float32'>()
  const patches = new Float32Array(n * height * width * h * w)
  let to = 0
  for (let image = 0; image < n; image++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        for (let y = row - (h - 1) / 2; y <= row + (h - 1) / 2; y++) {
          const line = (image * height + y) * width
          for (let x = column - (w - 1) / 2; x <= column + (w - 1) / 2; x++, to++) {
            if (y >= 0 && y < height && x >= 0 && x < width) patches[to] = source[line + x]!
          }
        }
      }
    }
  }
  return tf.tensor2d(patches, [n * height * width, h * w])
}
