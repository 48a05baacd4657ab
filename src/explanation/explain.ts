import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import { type Computation, runCompiled, runOneByOne } from '../network/execution.js'
import { identityOf } from '../network/identity.js'
import { oneHot } from '../network/one-hot.js'
import type { Forward, Parameters } from '../network/operations.js'
import { partsOf, rowsOfPart } from '../network/parts.js'
import { predictionsOf } from '../network/predictions.js'
import { releasingTape } from '../network/release-tape.js'
import type { Method } from './method.js'
import { type Entry, Recorder, type Recording, readRecording, type TapRecord } from './recorder.js'
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
  /** Whether more batches of this shape follow, so that compiling the walk pays where the backend can. */
  readonly repeated?: boolean
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
  /** Relevance at the taps, none unless recording was asked for. */
  readonly taps: readonly TapRecord[]
  /** What each sink took of each sequence, if recording was asked for. */
  readonly absorbed: Recording['absorbed'] | null
}

/** What changes from one walk to the next; targets are one-hot, unless the walk starts at its own predictions. */
interface Given {
  readonly w: Parameters
  readonly x: Tensor3D
  targets(classes: number): Float32Array
}

/** What the outputs after the relevance and the logits are. */
interface About {
  readonly entries: readonly Entry[]
}

/**
 * Explains the target's logit f of each sequence by one backward walk.
 *
 * @param x sequences `[batch, rows, steps·stepColumns]` within the range
 * @throws Error when a target is not a class, or there is not one per sequence
 */
export function explain(forward: Forward, w: Parameters, x: Tensor3D, options: ExplainOptions): Explanation {
  const { method, record = false, range = { low: -1, high: 1 } } = options
  const { shape } = x
  const [batch] = shape
  const wanted = options.target
  const predicted = wanted === 'prediction'
  const targets = (classes: number) => (predicted ? new Int32Array(batch) : targetsOf(wanted, batch, classes))
  const given: Given = {
    w,
    x,
    targets: (classes) => oneHot(targets(classes), classes),
  }
  const compute: Computation<Given, About> = (input) => {
    const parameters = Object.fromEntries(
      Object.entries(w).map(([name, { shape }]) => [name, input(shape, ({ w }) => w[name]!)]),
    )
    const sequences = input(shape, ({ x }) => x) as Tensor3D
    const starts: Tensor2D[] = []
    try {
      const walks = Array.from({ length: parts }, (_, part) =>
        walkBack(forward, method, range, record, {
          w: parameters,
          x: rowsOfPart(sequences, part, parts),
          chosen: (logits) => {
            const classes = logits.shape[1]
            if (predicted) return tf.cast(tf.oneHot(tf.argMax(logits, 1), classes) as Tensor2D, 'float32')
            // Kept, because it is made in the first walk and used in all of them.
            if (part === 0)
              starts.push(tf.keep(input([batch, classes], ({ targets }) => targets(classes))) as Tensor2D)
            return rowsOfPart(starts[0]!, part, parts)
          },
        }),
      )
      const [{ outputs, about }] = walks as [(typeof walks)[0]]
      const whole = (i: number) =>
        tf.concat(
          walks.map(({ outputs }) => outputs[i]!),
          0,
        )
      return { outputs: parts === 1 ? outputs : outputs.map((_, i) => whole(i)), about }
    } finally {
      tf.dispose(starts)
    }
  }
  // A recording tells sequences apart by their rows among all steps, which parts would mix.
  const parts = options.repeated && !record ? partsOf(batch) : 1
  const key = `${identityOf(method)} ${shape} ${range.low} ${range.high} ${record} ${predicted}`
  const { values, about } = options.repeated
    ? runCompiled(forward, key, given, compute)
    : runOneByOne(given, compute)
  const [relevance, logits, ...recorded] = values
  const classes = logits!.length / batch
  const target = predicted ? predictionsOf(logits!, classes) : targets(classes)
  const recording = record ? readRecording(batch, about.entries, recorded) : null
  const explained = Float32Array.from(target, (k, row) => logits![row * classes + k]!)
  return {
    method,
    shape,
    relevance: relevance!,
    logits: logits!,
    target,
    entered: method.start === 'positive' ? explained.map((f) => Math.max(0, f)) : explained,
    taps: recording?.taps ?? [],
    absorbed: recording?.absorbed ?? null,
  }
}

/** One walk forward and back: the relevance, the logits, and what was recorded on the way. */
function walkBack(
  forward: Forward,
  method: Method,
  range: InputRange,
  record: boolean,
  { w, x, chosen }: { w: Parameters; x: Tensor3D; chosen(logits: Tensor2D): Tensor2D },
): { outputs: Tensor[]; about: About } {
  const recorder = record ? new Recorder(method.finish) : null
  const pass = method.operations(range, recorder)
  const kept: Tensor[] = []
  try {
    const walk = tf.grad((x: Tensor): Tensor => {
      const logits = forward(pass, w, x as Tensor3D)
      kept.push(tf.keep(tf.clone(logits)))
      const start = chosen(logits)
      return startAt(logits, method.start === 'positive' ? tf.mul(start, tf.relu(logits)) : start)
    })
    const relevance = method.finish(
      releasingTape(() => walk(x)),
      x,
    )
    const recorded = recorder?.tensors ?? []
    return {
      outputs: [relevance, ...[...kept, ...recorded].map((tensor) => tf.clone(tensor))],
      about: { entries: recorder?.entries ?? [] },
    }
  } finally {
    tf.dispose(kept)
    recorder?.dispose()
    pass.dispose()
  }
}

/** Σ f over the batch; on the way back `start` `[batch, classes]` enters at the logits. */
const startAt = (logits: Tensor2D, start: Tensor2D): Scalar =>
  customGradient<Scalar>([logits], (save) => {
    save([start])
    return { value: tf.sum(logits) as Scalar, backward: (_dy, [start]) => [tf.clone(start!)] }
  })

function targetsOf(target: Exclude<Target, 'prediction'>, batch: number, classes: number): Int32Array {
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
