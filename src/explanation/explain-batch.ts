import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Computation, NotTraceable, runCompiled, runOneByOne } from '../network/execution.js'
import type { Geometry } from '../network/geometry.js'
import { identityOf } from '../network/identity.js'
import { oneHot } from '../network/one-hot.js'
import type { Forward, Parameters } from '../network/operations.js'
import { partsOf, rowsOfPart } from '../network/parts.js'
import { predictionsOf } from '../network/predictions.js'
import { checkPixels, checkRange, checkSequences, type Target, targetsOf } from './check-explained.js'
import { attributePart } from './explained.js'
import type { Method } from './method.js'
import { type Entry, type Recording, readRecording, type TapRecord } from './recorder.js'
import type { InputRange } from './rule.js'

export interface ExplainOptions {
  readonly method: Method
  readonly target: Target
  /** The range of the pixels. Default: [−1, 1]. */
  readonly range?: InputRange
  /** How the sequences are read, for methods that ask. */
  readonly geometry?: Geometry
  /** Whether to record relevance at the taps and what is absorbed. */
  readonly record?: boolean
  /** Whether more batches of this shape follow, so that compiling pays where the backend can. */
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
  /** What a ledger has to add up to, `[batch]`: relu(f) for methods that start from evidence, else f. */
  readonly entered: Float32Array
  /** Relevance at the taps, none unless recording was asked for. */
  readonly taps: readonly TapRecord[]
  /** What each sink took of each sequence, if recording was asked for. */
  readonly absorbed: Recording['absorbed'] | null
}

/** What changes from one batch to the next; targets are one-hot, unless each sequence's own prediction is explained. */
interface Given {
  readonly w: Parameters
  readonly x: Tensor3D
  targets(classes: number): Float32Array
}

/** What the outputs after the relevance and the logits are. */
interface About {
  readonly entries: readonly Entry[]
}

/** The methods that cannot be compiled for a network, because they or it read values of tensors. */
const uncompilable = new WeakMap<Forward, WeakSet<Method>>()

/**
 * Explains the target's logit f of each sequence of a batch.
 *
 * @param x sequences `[batch, rows, steps·stepColumns]` within the range
 * @throws Error when a target is not a class, or there is not one per sequence; when the method is not defined for the network, naming
 *   the layer
 * @throws RangeError when a pixel lies outside the range, the range is empty, there is no sequence, or they do not fit the geometry
 * @example
 * const geometry = THESIS_GEOMETRY
 * const w = toTensors(model.parameters)
 * const x = tf.zeros([2, 28, 84]) as tf.Tensor3D
 * const explanation = explainBatch(rLstm.forward(geometry, rLstm.units), w, x, { method: deepTaylor, target: 'prediction', geometry })
 * tf.dispose([w, x])
 */
export function explainBatch(
  forward: Forward,
  w: Parameters,
  x: Tensor3D,
  options: ExplainOptions,
): Explanation {
  const { method, record = false, range = { low: -1, high: 1 }, geometry, target: wanted } = options
  checkRange(range)
  checkSequences(x, geometry)
  checkPixels(x, range)
  if (x.dtype !== 'float32') {
    const numbers: Tensor3D = tf.cast(x, 'float32')
    try {
      return explainBatch(forward, w, numbers, options)
    } finally {
      numbers.dispose()
    }
  }
  const [batch] = x.shape
  const predicted = wanted === 'prediction'
  const targets = (classes: number) => (predicted ? new Int32Array(batch) : targetsOf(wanted, batch, classes))
  const given: Given = { w, x, targets: (classes) => oneHot(targets(classes), classes) }
  const { values, about } = run(forward, given, predicted, { ...options, range, record })
  const [relevance, logits, ...recorded] = values
  const classes = logits!.length / batch
  const target = predicted ? predictionsOf(logits!, classes) : targets(classes)
  const recording = record ? readRecording(batch, about.entries, recorded) : null
  const explained = Float32Array.from(target, (k, row) => logits![row * classes + k]!)
  return {
    method,
    shape: x.shape,
    relevance: relevance!,
    logits: logits!,
    target,
    entered: method.ledger === 'positive' ? explained.map((f) => Math.max(0, f)) : explained,
    taps: recording?.taps ?? [],
    absorbed: recording?.absorbed ?? null,
  }
}

type Settings = ExplainOptions & { readonly range: InputRange; readonly record: boolean }

function run(forward: Forward, given: Given, predicted: boolean, settings: Settings) {
  const { method, range, record, geometry } = settings
  const [batch] = given.x.shape
  if (settings.repeated && !uncompilable.get(forward)?.has(method)) {
    const shapes = Object.entries(given.w).map(([name, { shape }]) => `${name} ${shape}`)
    const key = JSON.stringify([
      identityOf(method),
      given.x.shape,
      range,
      record,
      predicted,
      geometry,
      shapes,
    ])
    try {
      // A recording tells sequences apart by their rows among all steps, which parts would mix.
      return runCompiled(
        forward,
        key,
        given,
        computation(forward, given, predicted, settings, record ? 1 : partsOf(batch)),
      )
    } catch (error) {
      if (!(error instanceof NotTraceable)) throw error
      const known = uncompilable.get(forward) ?? new WeakSet()
      uncompilable.set(forward, known.add(method))
    }
  }
  return runOneByOne(given, computation(forward, given, predicted, settings, 1))
}

/** The explanation as a computation: relevance, logits, and what was recorded. */
function computation(
  forward: Forward,
  { w, x }: Given,
  predicted: boolean,
  { method, range, record, geometry }: Settings,
  parts: number,
): Computation<Given, About> {
  return (input) => {
    const parameters = Object.fromEntries(
      Object.entries(w).map(([name, { shape }]) => [name, input(shape, ({ w }) => w[name]!)]),
    )
    const sequences = input(x.shape, ({ x }) => x) as Tensor3D
    const starts: Tensor[] = []
    const chosen = (part: number) => (logits: tf.Tensor2D) => {
      const classes = logits.shape[1]
      if (predicted) return tf.cast(tf.oneHot(tf.argMax(logits, 1), classes) as tf.Tensor2D, 'float32')
      // Kept, because it is made for the first part and used by all of them.
      if (starts.length === 0)
        starts.push(tf.keep(input([x.shape[0], classes], ({ targets }) => targets(classes))))
      return rowsOfPart(starts[0] as tf.Tensor2D, part, parts)
    }
    try {
      const results = Array.from({ length: parts }, (_, part) =>
        attributePart(method, forward, {
          w: parameters,
          x: rowsOfPart(sequences, part, parts),
          range,
          geometry: geometry ?? null,
          record,
          chosen: chosen(part),
        }),
      )
      const [{ outputs, entries }] = results as [(typeof results)[0]]
      const whole = (i: number) =>
        tf.concat(
          results.map(({ outputs }) => outputs[i]!),
          0,
        )
      return { outputs: parts === 1 ? outputs : outputs.map((_, i) => whole(i)), about: { entries } }
    } finally {
      tf.dispose(starts)
    }
  }
}
