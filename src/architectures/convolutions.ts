import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Geometry, Units } from '../network/geometry.js'
import type { Operations, Parameters } from '../network/operations.js'
import { layer, type ParameterSpec } from '../network/parameters.js'
import { frameImages } from '../network/sequence.js'

/** Conv 5×5, pool, conv 3×3, pool: the thesis's 24 and 32 maps. */
export const CONVOLUTION_UNITS = { conv1: 24, conv2: 32 } as const

/** Images convolved at once: their maps stay in the processor's cache, those of all steps do not. */
const AT_ONCE = 150

/** The parameters of the two convolutions over frames of one channel. */
export const convolutionParameters = (units: Units): ParameterSpec[] => [
  ...layer('conv1', [5, 5, 1, units.conv1!]),
  ...layer('conv2', [3, 3, units.conv1!, units.conv2!]),
]

/** The number of features of a frame: ⌈rows/4⌉·⌈stepColumns/4⌉·conv2. */
export const featureCount = (geometry: Geometry, units: Units): number =>
  Math.ceil(Math.ceil(geometry.rows / 2) / 2) *
  Math.ceil(Math.ceil(geometry.stepColumns / 2) / 2) *
  units.conv2!

/** Sequences `[batch, rows, steps·stepColumns]` to the features of every frame, `[steps·batch, featureCount]`. */
export function convolutionFeatures(
  ops: Operations,
  w: Parameters,
  x: Tensor3D,
  geometry: Geometry,
): Tensor2D {
  const images = frameImages(x, geometry)
  const count = images.shape[0]
  const sizes = Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, i) =>
    Math.min(AT_ONCE, count - i * AT_ONCE),
  )
  return ops.keep(
    'features',
    tf.concat(tf.split<Tensor4D>(images, sizes).map((part) => featuresOf(ops, w, part))),
  )
}

function featuresOf(ops: Operations, w: Parameters, images: Tensor4D): Tensor2D {
  const conv1 = ops.relu(
    ops.conv2d('conv1', images, w['conv1.kernel'] as Tensor4D, w['conv1.bias'] as Tensor1D, 'pixels'),
  )
  const pool1 = ops.averagePool('pool1', conv1)
  const conv2 = ops.relu(
    ops.conv2d('conv2', pool1, w['conv2.kernel'] as Tensor4D, w['conv2.bias'] as Tensor1D, 'nonnegative'),
  )
  return tf.reshape(ops.averagePool('pool2', conv2), [images.shape[0], -1])
}
