import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import type { Forward, Parameters, Pass } from '../network/operations.js'
import { releasingTape } from '../network/release-tape.js'
import { type Evidence, multiplierOf, slopeOf } from './evidence.js'
import { firstOfPairs, paired, secondOfPairs } from './pairs.js'
import { type Entry, type Finish, Recorder } from './recorder.js'
import type { InputRange } from './rule.js'

/**
 * What enters at the logits z when a walk starts: the slope ∂f/∂z as for gradients, which is 1 at the target's logit; z·∂f/∂z, which is
 * the logit itself; or relu of the logit, as deep Taylor needs.
 */
export type WalkStart = 'one' | 'logit' | 'positive'

/** A way to walk back through a network: an interpretation of the algebra, what it starts from, and what its end is turned into. */
export interface BackwardWalk {
  /**
   * The operations of one pass. A recorder listens at taps; a walk that takes relevance out of circulation, such as into biases,
   * tells it with `absorb`.
   */
  operations(range: InputRange, recorder: Recorder | null): Pass
  readonly start: WalkStart
  /**
   * What each sequence is compared with, of the shape of x, where a walk compares: then the operations see rows by turns of a sequence
   * and of its reference, and pass back to both what they find out of the two. Default: nothing.
   */
  reference?(x: Tensor3D, range: InputRange): Tensor3D
  /** From what arrives at the pixels, or at a tap, and the signal there, or its difference from the reference, to relevance. */
  readonly finish: Finish
}

/** What one walk gave. */
export interface Walked {
  /** `[batch, rows, columns]`. */
  readonly relevance: Tensor3D
  /** `[batch, classes]`. */
  readonly logits: Tensor2D
  /** What was recorded on the way, if that was asked for; the caller disposes of it. */
  readonly recorder: Recorded | null
}

/** The tensors that were recorded on a walk, and what each is. */
export interface Recorded {
  readonly entries: readonly Entry[]
  readonly tensors: readonly Tensor[]
  dispose(): void
}

/** What is asked of a network: a quantity of each sequence, of its target as one-hot rows `[batch, classes]`, from the logits. */
export interface Question {
  readonly evidence: Evidence
  target(logits: Tensor2D): Tensor2D
}

/** Walks forward and back once. */
export function walkBack(
  walk: BackwardWalk,
  forward: Forward,
  { w, x, range, record }: { w: Parameters; x: Tensor3D; range: InputRange; record: boolean },
  question: Question,
): Walked {
  const recorder = record ? new Recorder(walk.finish) : null
  const pass = walk.operations(range, recorder)
  const kept: Tensor2D[] = []
  const reference = walk.reference?.(x, range)
  const rows = reference === undefined ? x : paired(x, reference)
  try {
    const back = tf.grad((rows: Tensor): Tensor => {
      const logits = forward(pass, w, rows as Tensor3D)
      pass.complete?.()
      const own = reference === undefined ? logits : firstOfPairs(logits)
      kept.push(tf.keep(tf.clone(own)))
      if (reference === undefined) return startAt(logits, entering(walk.start, question, logits))
      const multiplier = multiplierOf(question.evidence, own, secondOfPairs(logits), question.target(own))
      return startAt(logits, paired(multiplier, multiplier))
    })
    const signal = releasingTape(() => back(rows)) as Tensor3D
    const relevance =
      reference === undefined
        ? walk.finish(signal, x)
        : walk.finish(firstOfPairs(signal), tf.sub(x, reference))
    return { relevance: relevance as Tensor3D, logits: tf.clone(kept[0]!), recorder }
  } catch (error) {
    recorder?.dispose()
    throw error
  } finally {
    tf.dispose(kept)
    pass.dispose()
  }
}

function entering(start: WalkStart, { evidence, target }: Question, logits: Tensor2D): Tensor2D {
  const slope = slopeOf(evidence, logits, target(logits))
  if (start === 'one') return slope
  return tf.mul(slope, start === 'logit' ? logits : tf.relu(logits))
}

/** Σ f over the batch; on the way back `start` `[batch, classes]` enters at the logits. */
const startAt = (logits: Tensor2D, start: Tensor2D): Scalar =>
  customGradient<Scalar>([logits], (save) => {
    save([start])
    return { value: tf.sum(logits) as Scalar, backward: (_dy, [start]) => [tf.clone(start!)] }
  })
