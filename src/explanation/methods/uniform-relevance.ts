import * as tf from '@tensorflow/tfjs-core'
import { defineMethod } from '../method.js'

/** A baseline: relevance of 1 everywhere, whatever the network. */
export const uniformRelevance = defineMethod({
  id: 'uniformRelevance',
  title: 'Uniform relevance',
  short: 'uniform',
  attribute: ({ x }) => tf.onesLike(x),
})
