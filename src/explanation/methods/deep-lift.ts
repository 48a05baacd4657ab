import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { BackwardWalk } from '../backward-walk.js'
import { defineMethod } from '../method.js'
import { rescaleOperations } from '../rescale-operations.js'

const walk: BackwardWalk = {
  operations: (_range, recorder) => rescaleOperations(recorder),
  start: 'one',
  reference: (x, { low }) => tf.fill(x.shape, low) as Tensor3D,
  finish: (multiplier, difference) => tf.mul(multiplier, difference),
}

/**
 * DeepLIFT by the rescale rule (Shrikumar et al. 2017): m · (x − x₀) with multipliers m = Δf/Δx composed of each operation's Δy/Δx, and
 * x₀ all at the range's low end. It adds up to f(x) − f(x₀); defined for every network without attention,
 * gates, tanh and maximum pooling included.
 */
export const deepLift = defineMethod({
  id: 'deepLift',
  title: 'DeepLIFT, rescale rule',
  short: 'DeepLIFT',
  attribute: (explained) => explained.walk(walk),
})
