import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { defineMethod } from '../method.js'

/**
 * Occlusion by step (Zeiler and Fergus 2014): by how much f falls when one frame is all at the range's low end, spread evenly over the
 * frame's pixels.
 */
export const occlusionByStep = defineMethod({
  id: 'occlusionByStep',
  title: 'Occlusion by step',
  short: 'Occ',
  attribute({ x, range, geometry, evidence }) {
    if (geometry === null)
      throw new Error('Occlusion by step needs to know how sequences are read: give a geometry')
    const { rows, stepColumns, steps } = geometry
    const [batch] = x.shape
    const frames = tf.split<Tensor3D>(x, steps, 2)
    const blank = tf.fill<tf.Rank.R3>([batch, rows, stepColumns], range.low)
    const whole = evidence()
    const falls = frames.map((_, step) => {
      const without = evidence(
        tf.concat(
          frames.map((frame, other) => (other === step ? blank : frame)),
          2,
        ),
      )
      const share = tf.div(tf.sub(whole, without), rows * stepColumns)
      return tf.mul(tf.reshape(share, [batch, 1, 1]), tf.ones([1, rows, stepColumns])) as Tensor3D
    })
    return tf.concat(falls, 2)
  },
})
