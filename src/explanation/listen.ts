import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import type { Operations } from '../network/operations.js'
import type { Recorder } from './recorder.js'

/** What is told of signals at taps. */
export type Listener = Pick<Recorder, 'tap'>

/** A tap that tells the recorder what passes back through it; without a recorder nothing is done. */
export const tap =
  (recorder: Listener | null): Operations['tap'] =>
  (name, step, x) => {
    if (recorder === null) return x
    return customGradient<Tensor2D>([x], (save) => {
      save([x])
      return {
        value: tf.clone(x),
        backward: (signal, [x]) => {
          recorder.tap(name, step, signal, x as Tensor2D)
          return [tf.clone(signal)]
        },
      }
    })
  }

/** The state before the first step; with a recorder, what arrives there is recorded and goes no further. */
export const initialTap =
  (recorder: Listener | null): Operations['initial'] =>
  (name, batch, units, after) => {
    const zeros = () => tf.zeros<tf.Rank.R2>([batch, units])
    if (recorder === null) return zeros()
    return customGradient<Tensor2D>([after], () => ({
      value: zeros(),
      backward: (signal) => {
        recorder.tap(name, 'initial', signal, tf.zerosLike(signal))
        return [tf.zeros(after.shape)]
      },
    }))
  }
