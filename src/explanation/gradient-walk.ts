import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from '../network/differentiable.js'
import type { Operations } from '../network/operations.js'
import type { BackwardWalk } from './backward-walk.js'
import { initialTap, tap } from './listen.js'
import type { Finish } from './recorder.js'

/** A walk of gradients from ∂f/∂z at the logits, with another backward rule for relu, or for gates, where one is given. */
export const gradientWalkWith = (
  finish: Finish,
  relu?: Operations['relu'],
  gate?: Operations['gate'],
): BackwardWalk => ({
  operations: (_range, recorder) =>
    differentiable({
      purpose: 'explaining',
      relu,
      gate,
      tap: tap(recorder),
      initial: initialTap(recorder),
    }),
  start: 'one',
  finish,
})

/** The gradient ∂f/∂x itself. */
export const gradientWalk: BackwardWalk = gradientWalkWith((signal) => tf.clone(signal))
