import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../../network/custom-gradient.js'
import { isPositive } from '../../network/indicator.js'
import { gradientWalkWith } from '../gradient-walk.js'
import { defineMethod } from '../method.js'

/** relu that passes a signal back only where its activation and the signal are positive. */
export const guidedRelu = <T extends Tensor>(x: T): T =>
  customGradient<T>([x], (save) => {
    const value = tf.relu(x)
    save([value])
    return { value, backward: (signal, [y]) => [tf.mul(tf.relu(signal), isPositive(y!))] }
  })

const walk = gradientWalkWith((signal) => tf.square(signal), guidedRelu)

/** Guided backprop: the square of the guided gradient (Springenberg et al. 2015). */
export const guidedBackprop = defineMethod({
  id: 'guidedBackprop',
  title: 'Guided backprop',
  short: 'GB',
  attribute: (explained) => explained.walk(walk),
})
