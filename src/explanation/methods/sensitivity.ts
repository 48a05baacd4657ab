import * as tf from '@tensorflow/tfjs-core'
import { gradientWalkWith } from '../gradient-walk.js'
import { defineMethod } from '../method.js'

const walk = gradientWalkWith((signal) => tf.square(signal))

/** Sensitivity analysis: (∂f/∂x)² (Simonyan et al. 2014). */
export const sensitivity = defineMethod({
  id: 'sensitivity',
  title: 'Sensitivity analysis',
  short: 'SA',
  attribute: (explained) => explained.walk(walk),
})
