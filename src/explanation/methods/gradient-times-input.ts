import * as tf from '@tensorflow/tfjs-core'
import { gradientWalkWith } from '../gradient-walk.js'
import { defineMethod } from '../method.js'

const walk = gradientWalkWith((signal, x) => tf.mul(signal, x))

/** Gradient × input: x · ∂f/∂x (Shrikumar et al. 2016). */
export const gradientTimesInput = defineMethod({
  id: 'gradientTimesInput',
  title: 'Gradient × input',
  short: 'G×I',
  attribute: (explained) => explained.walk(walk),
})
