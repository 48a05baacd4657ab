import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { dense, type Linear } from './linear.js'
import { transposed } from './transposed.js'

/**
 * The same convolution as dense products: h rows of an image, one after the other, times a band that holds the kernel once for each
 * column. It multiplies with width/w times as many numbers, most of the added ones 0, but a convolution of one channel, whose inner
 * loop has length one, takes several times as long on either backend.
 */
export const banded: Linear<Tensor4D, Tensor4D> = {
  apply: (x, kernel) => {
    const [n, height, width] = x.shape
    const product = dense.apply(neighbouringRows(x, kernel.shape[0]), bandOf(kernel, width))
    return tf.reshape(product, [n, height, width, kernel.shape[3]])
  },
  adjoint: (y, transposedKernel) => {
    const [n, height, width, out] = y.shape
    const band = transposed(bandOf(transposed(transposedKernel), width))
    const [h, , , channels] = transposedKernel.shape
    const toRows = dense.adjoint(tf.reshape(y, [n * height, width * out]), band)
    return tf.reshape(addedRows(toRows, [n, height, width * channels], h), [n, height, width, channels])
  },
  kernelAdjoint: (x, y, shape) => {
    const [n, height, width, out] = y.shape
    const [h, , channels] = shape
    const rows = neighbouringRows(x, h)
    const signals = tf.reshape<tf.Rank.R2>(y, [n * height, width * out])
    return kernelOf(dense.kernelAdjoint(rows, signals, [h * width * channels, width * out]), shape, width)
  },
}

/** The h rows around each row of images `[n, height, width, channels]`, zeros outside: `[n·height, h·width·channels]`. */
function neighbouringRows(x: Tensor4D, h: number): Tensor2D {
  const [n, height, width, channels] = x.shape
  const margin = (h - 1) / 2
  const padded = tf.pad(tf.reshape<tf.Rank.R3>(x, [n, height, width * channels]), [
    [0, 0],
    [margin, margin],
    [0, 0],
  ])
  const shifted = Array.from({ length: h }, (_, dy) =>
    tf.slice(padded, [0, dy, 0], [n, height, width * channels]),
  )
  return tf.reshape(tf.concat(shifted, 2), [n * height, h * width * channels])
}

/** The adjoint of `neighbouringRows`: what each of the h rows gets, added up where it belongs, `[n, height, entries]`. */
function addedRows(rows: Tensor2D, [n, height, entries]: [number, number, number], h: number): Tensor3D {
  const padded = tf.split<Tensor3D>(tf.reshape(rows, [n, height, h * entries]), h, 2).map((part, dy) =>
    tf.pad(part, [
      [0, 0],
      [dy, h - 1 - dy],
      [0, 0],
    ]),
  )
  return tf.slice(tf.addN(padded), [0, (h - 1) / 2, 0], [n, height, entries])
}

/** Which columns of the kernel, with `width − 1` columns of zeros on either side, meet the input's when output column x is computed. */
const firstOf = (x: number, w: number, width: number): number => width - 1 + (w - 1) / 2 - x

/** The kernel `[h, w, in, out]` for all columns of an output row at once, `[h·width·in, width·out]`. */
function bandOf(kernel: Tensor4D, width: number): Tensor2D {
  const [h, w, channels, out] = kernel.shape
  const padded = tf.pad(tf.reshape<tf.Rank.R3>(kernel, [h, w, channels * out]), [
    [0, 0],
    [width - 1, width - 1],
    [0, 0],
  ])
  const columns = Array.from({ length: width }, (_, x) => {
    const meeting = tf.slice(padded, [0, firstOf(x, w, width), 0], [h, width, channels * out])
    return tf.reshape<tf.Rank.R2>(meeting, [h * width * channels, out])
  })
  return tf.concat(columns, 1)
}

/** The adjoint of `bandOf`: the sum over all columns of what belongs to the same entry of the kernel. */
function kernelOf(band: Tensor2D, shape: Tensor4D['shape'], width: number): Tensor4D {
  const [h, w, channels, out] = shape
  const columns = tf.split<Tensor2D>(band, width, 1).map((column, x) => {
    const first = firstOf(x, w, width)
    return tf.pad(tf.reshape<tf.Rank.R3>(column, [h, width, channels * out]), [
      [0, 0],
      [first, w + width - 2 - first],
      [0, 0],
    ])
  })
  return tf.reshape(tf.slice(tf.addN(columns), [0, width - 1, 0], [h, w, channels * out]), shape)
}
