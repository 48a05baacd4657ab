import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { defineMethod } from '../method.js'

/** Values of hashes, and of relevance; products of two stay whole numbers below 2²⁴, which single precision holds exactly. */
const VALUES = 4096
const LEVELS = 255

/**
 * A baseline: noise in [−1, 1) that no network has a part in.
 *
 * It is a function of the sequence's own pixels, so that a sequence has the same noise in every batch, and of whole numbers alone, so
 * that every backend gives the same bits: with two hashes h, h' of the pixels in 255 levels, a pixel has (k·h + k'·h' + b mod 4096) / 2048 − 1,
 * where k, k' and b were drawn for its place.
 */
export const randomRelevance = defineMethod({
  id: 'randomRelevance',
  title: 'Random relevance',
  short: 'random',
  attribute({ x, range: { low, high } }) {
    const place = [1, ...x.shape.slice(1)]
    const levels = tf.floor(tf.add(tf.mul(tf.div(tf.sub(x, low), high - low), LEVELS), 0.5))
    const [first, second, third] = [1, 2, 3].map((seed) => drawn(place, VALUES, seed)) as [
      Tensor,
      Tensor,
      Tensor,
    ]
    const [h, other] = [4, 5].map((seed) => hash(tf.mul(levels, drawn(place, 2, seed)))) as [Tensor, Tensor]
    const sum = tf.add(tf.add(modulo(tf.mul(first, h)), modulo(tf.mul(second, other))), third)
    return tf.sub(tf.div(modulo(sum), VALUES / 2), 1) as Tensor3D
  },
})

/** Σ over the pixels of each sequence, `[batch, 1, 1]`; modulo after each axis, so that large images stay exact. */
const hash = (levels: Tensor): Tensor => modulo(tf.sum(modulo(tf.sum(levels, 2, true)), 1, true))

/** x mod 4096, of whole numbers ≥ 0: division by a power of two is exact. */
const modulo = (x: Tensor): Tensor => tf.sub(x, tf.mul(tf.floor(tf.div(x, VALUES)), VALUES))

/** Whole numbers from 0 to below a bound. */
const drawn = (shape: number[], below: number, seed: number): Tensor =>
  tf.floor(tf.randomUniform(shape, 0, below, 'float32', seed))
