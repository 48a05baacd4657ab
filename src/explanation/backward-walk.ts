import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import type { Forward, Parameters, Pass } from '../network/operations.js'
import { releasingTape } from '../network/release-tape.js'
import { type Finish, Recorder } from './recorder.js'
import type { InputRange } from './rule.js'

/** What enters at the target's logit f when a walk starts: 1 as for gradients, f itself, or relu(f) as deep Taylor needs. */
export type WalkStart = 'one' | 'logit' | 'positive'

/** A way to walk back through a network: an interpretation of the algebra, what it starts from, and what its end is turned into. */
export interface BackwardWalk {
  /**
   * The operations of one pass. A recorder listens at taps; a walk that takes relevance out of circulation, such as into biases,
   * tells it with `absorb`.
   */
  operations(range: InputRange, recorder: Recorder | null): Pass
  readonly start: WalkStart
  /** From what arrives at the pixels, or at a tap, and the signal there to relevance. */
  readonly finish: Finish
}

/** What one walk gave. */
export interface Walked {
  /** `[batch, rows, columns]`. */
  readonly relevance: Tensor3D
  /** `[batch, classes]`. */
  readonly logits: Tensor2D
  /** What was recorded on the way, if that was asked for; the caller disposes of it. */
  readonly recorder: Recorder | null
}

/**
 * Walks forward and back once.
 *
 * @param chosen the target of each sequence as one-hot rows `[batch, classes]`, from the logits
 */
export function walkBack(
  walk: BackwardWalk,
  forward: Forward,
  { w, x, range, record }: { w: Parameters; x: Tensor3D; range: InputRange; record: boolean },
  chosen: (logits: Tensor2D) => Tensor2D,
): Walked {
  const recorder = record ? new Recorder(walk.finish) : null
  const pass = walk.operations(range, recorder)
  const kept: Tensor2D[] = []
  try {
    const back = tf.grad((x: Tensor): Tensor => {
      const logits = forward(pass, w, x as Tensor3D)
      kept.push(tf.keep(tf.clone(logits)))
      return startAt(logits, entering(walk.start, logits, chosen(logits)))
    })
    const relevance = walk.finish(
      releasingTape(() => back(x)),
      x,
    ) as Tensor3D
    return { relevance, logits: tf.clone(kept[0]!), recorder }
  } catch (error) {
    recorder?.dispose()
    throw error
  } finally {
    tf.dispose(kept)
    pass.dispose()
  }
}

function entering(start: WalkStart, logits: Tensor2D, target: Tensor2D): Tensor2D {
  if (start === 'one') return target
  return tf.mul(target, start === 'logit' ? logits : tf.relu(logits))
}

/** Σ f over the batch; on the way back `start` `[batch, classes]` enters at the logits. */
const startAt = (logits: Tensor2D, start: Tensor2D): Scalar =>
  customGradient<Scalar>([logits], (save) => {
    save([start])
    return { value: tf.sum(logits) as Scalar, backward: (_dy, [start]) => [tf.clone(start!)] }
  })
