import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from '../network/differentiable.js'
import type { Operations } from '../network/operations.js'
import type { BackwardWalk } from './backward-walk.js'
import { initialTap, tap } from './listen.js'
import type { Finish } from './recorder.js'

/** A walk of gradients from 1 at the logit, with another backward rule for relu where one is given. */
export const gradientWalkWith = (finish: Finish, relu?: Operations['relu']): BackwardWalk => ({
  operations: (_range, recorder) =>
    differentiable({
      purpose: 'explaining',
      relu,
      tap: tap(recorder),
      initial: initialTap(recorder),
    }),
  start: 'one',
  finish,
})

/** The gradient ∂f/∂x itself. */
export const gradientWalk: BackwardWalk = gradientWalkWith((signal) => tf.clone(signal))
