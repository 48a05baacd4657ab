import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Signal, sequenceBySequence, stepByStep } from '../signal.js'
import { refuse } from './layer-kind.js'

/** Height, width and channels of the images that a layer reads; throws an Error naming the layer where it reads something else. */
export function imageShape(
  layer: { readonly name: string },
  shape: readonly number[],
): [number, number, number] {
  if (shape.length !== 3 && shape.length !== 4) {
    throw refuse(
      layer,
      `reads [${shape}]; it needs images [rows, columns, channels], or [steps, rows, columns, channels] of every step`,
    )
  }
  return shape.slice(-3) as [number, number, number]
}

/** A signal whose x holds one image after the other, `[n, height, width, channels]`, all of a step together. */
export interface Images extends Signal {
  readonly x: Tensor4D
}

export const asImages = (signal: Signal): Images =>
  (signal.shape.length === 4 ? stepByStep(signal) : sequenceBySequence(signal)) as Images

/** A signal of images whose sizes have changed. */
export const withImages = (images: Images, x: Tensor4D): Signal => ({
  ...images,
  x,
  shape: [...images.shape.slice(0, -3), ...x.shape.slice(1)],
})

/** The `length` rows or columns (axis 1 or 2) of images from `start` on, by data movement alone. */
export function cropped(x: Tensor4D, axis: 1 | 2, start: number, length: number): Tensor4D {
  const size = x.shape[axis]
  if (length === size) return x
  const sizes = [start, length, size - start - length]
  const parts = tf.split<Tensor4D>(
    x,
    sizes.filter((part) => part > 0),
    axis,
  )
  return parts[start > 0 ? 1 : 0]!
}
