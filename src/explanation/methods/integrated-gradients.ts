import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { gradientWalk } from '../gradient-walk.js'
import { defineMethod, type Method } from '../method.js'

/**
 * Integrated gradients (Sundararajan et al. 2017): (x − x₀) · ∫ ∂f/∂x along the straight path from x₀, all at the range's low end, to
 * x, as the mean over the midpoints of so many equal parts of the path.
 *
 * @throws RangeError unless there is at least one point
 * @example
 * const finer = integratedGradientsOf(64)
 */
export function integratedGradientsOf(
  points: number,
  id = `integratedGradients${points}`,
  short = `IG ${points}`,
  title = `Integrated gradients over ${points} points`,
): Method {
  if (!(Number.isInteger(points) && points >= 1))
    throw new RangeError(`points = ${points}; it must be a whole number of at least 1`)
  return defineMethod({
    id,
    title,
    short,
    attribute({ x, range, walk }) {
      const way = tf.sub(x, range.low) as Tensor3D
      const gradients = Array.from({ length: points }, (_, k) =>
        walk(gradientWalk, tf.add(tf.mul(way, (k + 0.5) / points), range.low) as Tensor3D),
      )
      return tf.mul(way, tf.div(tf.addN(gradients), points)) as Tensor3D
    },
  })
}

/** Integrated gradients over 16 midpoints. */
export const integratedGradients = integratedGradientsOf(
  16,
  'integratedGradients',
  'IG',
  'Integrated gradients',
)
