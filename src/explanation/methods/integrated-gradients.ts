import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { gradientWalk } from '../gradient-walk.js'
import { defineMethod } from '../method.js'

/** Points on the path, in the middle of equal parts of it. */
const POINTS = 16

/**
 * Integrated gradients (Sundararajan et al. 2017): (x − x₀) · ∫ ∂f/∂x along the straight path from x₀, all at the range's low end, to
 * x, as the mean over 16 midpoints.
 */
export const integratedGradients = defineMethod({
  id: 'integratedGradients',
  title: 'Integrated gradients',
  short: 'IG',
  attribute({ x, range, walk }) {
    const way = tf.sub(x, range.low) as Tensor3D
    const gradients = Array.from({ length: POINTS }, (_, k) =>
      walk(gradientWalk, tf.add(tf.mul(way, (k + 0.5) / POINTS), range.low) as Tensor3D),
    )
    return tf.mul(way, tf.div(tf.addN(gradients), POINTS)) as Tensor3D
  },
})
