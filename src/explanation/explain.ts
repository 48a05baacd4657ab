import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import type { Forward, Parameters } from '../network/operations.js'
import { predictionsOf } from '../network/predictions.js'
import { releasingTape } from '../network/release-tape.js'
import type { Method } from './method.js'
import { Recorder, type TapRecord } from './recorder.js'
import type { InputRange } from './rule.js'

/** The class whose logit is explained: the network's own prediction, one class for all, or one per sequence such as the labels. */
export type Target = 'prediction' | number | ArrayLike<number>

export interface ExplainOptions {
  readonly method: Method
  readonly target: Target
  /** The range of the pixels; [−1, 1] unless told. */
  readonly range?: InputRange
  /** Whether to record relevance at the taps and what is absorbed. */
  readonly record?: boolean
}

/** The explanation of a batch of sequences `[batch, rows, columns]`. */
export interface Explanation {
  readonly method: Method
  readonly shape: readonly [number, number, number]
  /** Relevance of every pixel, of `shape`. */
  readonly relevance: Float32Array
  /** `[batch, classes]`. */
  readonly logits: Float32Array
  /** The class explained, `[batch]`. */
  readonly target: Int32Array
  /** What entered at the target's logit, `[batch]`: relu(f) for relevance propagation. */
  readonly entered: Float32Array
  /** What was recorded, if asked for. */
  readonly taps: readonly TapRecord[]
  readonly recorder: Recorder | null
}

/**
 * Explains the target's logit f of each sequence by one backward walk.
 *
 * @param x sequences `[batch, rows, steps·stepColumns]` within the range
 * @throws Error when a target is not a class, or there is not one per sequence
 */
export function explain(forward: Forward, w: Parameters, x: Tensor3D, options: ExplainOptions): Explanation {
  const { method, range = { low: -1, high: 1 } } = options
  const [batch] = x.shape
  const recorder = options.record ? new Recorder(batch, method.finish) : null
  const pass = method.operations(range, recorder)
  try {
    let logits: Float32Array = new Float32Array()
    let target: Int32Array = new Int32Array()
    let entered: Float32Array = new Float32Array()
    const relevance = tf.tidy(() => {
      const walk = tf.grad((x: Tensor): Tensor => {
        const output = forward(pass, w, x as Tensor3D)
        const classes = output.shape[1]
        logits = output.dataSync<'float32'>().slice()
        target = targetsOf(options.target, logits, batch, classes)
        entered = Float32Array.from(target, (k, row) => logits[row * classes + k]!)
        if (method.start === 'positive') entered = entered.map((f) => Math.max(0, f))
        return startAt(
          output,
          target,
          method.start === 'positive' ? entered : new Float32Array(batch).fill(1),
        )
      })
      return method.finish(
        releasingTape(() => walk(x)),
        x,
      )
    })
    const values = relevance.dataSync<'float32'>().slice()
    relevance.dispose()
    return {
      method,
      shape: x.shape,
      relevance: values,
      logits,
      target,
      entered,
      taps: recorder?.taps ?? [],
      recorder,
    }
  } finally {
    pass.dispose()
  }
}

/** Σ f over the batch; on the way back each sequence's start value enters at its target's logit. */
function startAt(logits: Tensor2D, target: Int32Array, start: Float32Array): Scalar {
  const [batch, classes] = logits.shape
  return customGradient<Scalar>([logits], () => {
    const entering = new Float32Array(batch * classes)
    for (const [row, k] of target.entries()) entering[row * classes + k] = start[row]!
    return { value: tf.sum(logits) as Scalar, backward: () => [tf.tensor2d(entering, [batch, classes])] }
  })
}

function targetsOf(target: Target, logits: Float32Array, batch: number, classes: number): Int32Array {
  if (target === 'prediction') return predictionsOf(logits, classes)
  if (typeof target !== 'number' && target.length !== batch) {
    throw new Error(`there are ${target.length} targets for ${batch} sequences`)
  }
  const targets = Array.from({ length: batch }, (_, row) =>
    typeof target === 'number' ? target : target[row]!,
  )
  const wrong = targets.find((k) => !(Number.isInteger(k) && k >= 0 && k < classes))
  if (wrong !== undefined) throw new Error(`target ${wrong} is not a class; classes are 0 to ${classes - 1}`)
  return Int32Array.from(targets)
}
