import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../../network/custom-gradient.js'
import { gradientWalkWith } from '../gradient-walk.js'
import { defineMethod } from '../method.js'
import { guidedRelu } from './guided-backprop.js'

/** gate · signal where the gate counts as a constant. */
const constantGate = (gate: Tensor2D, signal: Tensor2D): Tensor2D =>
  customGradient<Tensor2D>([signal], (save) => {
    save([gate])
    return { value: tf.mul(gate, signal), backward: (dy, [gate]) => [tf.mul(dy, gate!)] }
  })

const walk = gradientWalkWith((signal) => tf.square(signal), guidedRelu, constantGate)

/** Guided backprop where gates take no gradient, so that ∂(g·s) = g·∂s, as the thesis's code did for its R-LSTM. */
export const guidedBackpropWithoutGates = defineMethod({
  id: 'guidedBackpropWithoutGates',
  title: 'Guided backprop without gates',
  short: 'GB-no gates',
  attribute: (explained) => explained.walk(walk),
})
