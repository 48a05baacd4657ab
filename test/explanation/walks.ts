import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { BackwardWalk, Method } from '../../src/explanation/index.js'
import { TINY } from '../architectures/networks.js'

/** The walks that a method takes to explain a sequence of zeros, in their order; none where it only compares logits. */
export function walksOf(method: Method): BackwardWalk[] {
  const walks: BackwardWalk[] = []
  tf.tidy(() => {
    const x: Tensor3D = tf.zeros([1, TINY.rows, TINY.steps * TINY.stepColumns])
    method.attribute({
      x,
      range: { low: -1, high: 1 },
      geometry: TINY,
      items: TINY.steps,
      walk(walk) {
        walks.push(walk)
        return tf.zerosLike(x)
      },
      evidence: () => tf.zeros([1]),
    })
  })
  return walks
}

/** How many rows a network sees of so many sequences: a walk that compares sets a reference beside each. */
export const rowsSeenBy = (method: Method, sequences: number): number =>
  walksOf(method).some(({ reference }) => reference !== undefined) ? 2 * sequences : sequences

/** The only walk of a method. */
export function walkOf(method: Method): BackwardWalk {
  const [walk, ...others] = walksOf(method)
  if (walk === undefined || others.length > 0)
    throw new Error(`${method.title} takes ${others.length + (walk ? 1 : 0)} walks`)
  return walk
}
