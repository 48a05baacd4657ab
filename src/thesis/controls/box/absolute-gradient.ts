import * as tf from '@tensorflow/tfjs-core'
import { gradientWalkWith } from '../../../explanation/gradient-walk.js'
import { defineMethod } from '../../../explanation/method.js'

const walk = gradientWalkWith((signal) => tf.abs(signal))

/** |∂f/∂x|, the saliency of the published box tests (Ismail et al. 2019); `sensitivity` is its square. */
export const absoluteGradient = defineMethod({
  id: 'absoluteGradient',
  title: 'Absolute gradient',
  short: '|grad|',
  attribute: (explained) => explained.walk(walk),
})
