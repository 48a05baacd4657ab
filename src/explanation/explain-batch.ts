import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Computation, NotTraceable, runCompiled, runOneByOne } from '../network/execution.js'
import type { Geometry } from '../network/geometry.js'
import { identityOf } from '../network/identity.js'
import { oneHot } from '../network/one-hot.js'
import type { Forward, Parameters } from '../network/operations.js'
import { partsOf, rowsOfPart } from '../network/parts.js'
import { predictionsOf, runnersUpOf } from '../network/predictions.js'
import {
  checkEvidence,
  checkItems,
  checkPixels,
  checkRange,
  checkSequences,
  type Target,
  targetsOf,
} from './check-explained.js'
import { type Evidence, evidenceValues, slopeOf } from './evidence.js'
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
  /** How many items of one width stand side by side in a sequence, for methods that ask. */
  readonly items?: number
  /** The quantity f of the target that is explained. Default: the logit. */
  readonly evidence?: Evidence
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
  /**
   * What a ledger has to add up to, `[batch]`: relu(f) for methods that start from evidence, Σ_j z_j ∂f/∂z_j over the logits, which is f
   * where that is a logit, for those that start from f; for methods without a ledger f itself.
   */
  readonly entered: Float32Array
  /** Relevance at the taps, none unless recording was asked for. */
  readonly taps: readonly TapRecord[]
  /** What each sink took of each sequence, if recording was asked for. */
  readonly absorbed: Recording['absorbed'] | null
}

/** What changes from one batch to the next; targets are one-hot, unless they follow from the logits. */
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
 * Explains f of each sequence of a batch: the target's logit, or its log-odds.
 *
 * @param x sequences `[batch, rows, steps·stepColumns]` within the range
 * @throws Error when a target is not a class, or there is not one per sequence; when the method is not defined for the network, naming
 *   the layer, or not for log-odds
 * @throws RangeError when a pixel lies outside the range, the range is empty, there is no sequence, or they do not fit the geometry or
 *   the number of items
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
  const { evidence = 'logit', items } = options
  checkRange(range)
  checkEvidence(evidence)
  checkSequences(x, geometry)
  checkItems(x, items)
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
  const own = wanted === 'prediction' || wanted === 'runnerUp' ? wanted : null
  const targets = (classes: number) =>
    wanted === 'prediction' || wanted === 'runnerUp'
      ? new Int32Array(batch)
      : targetsOf(wanted, batch, classes)
  const given: Given = { w, x, targets: (classes) => oneHot(targets(classes), classes) }
  const { values, about } = run(forward, given, own, { ...options, range, record, evidence })
  const [relevance, logits, ...recorded] = values
  const classes = logits!.length / batch
  const target = own === null ? targets(classes) : FROM_LOGITS[own](logits!, classes)
  const recording = record ? readRecording(batch, about.entries, recorded) : null
  return {
    method,
    shape: x.shape,
    relevance: relevance!,
    logits: logits!,
    target,
    entered: enteredOf(method, evidence, logits!, target),
    taps: recording?.taps ?? [],
    absorbed: recording?.absorbed ?? null,
  }
}

/** The target that follows from the logits. */
const FROM_LOGITS = { prediction: predictionsOf, runnerUp: runnersUpOf } as const

function enteredOf(
  { ledger }: Method,
  evidence: Evidence,
  logits: Float32Array,
  target: Int32Array,
): Float32Array {
  const classes = logits.length / target.length
  if (evidence === 'logit' || ledger === undefined) {
    const own = evidenceValues(evidence, logits, target)
    return ledger === 'positive' ? own.map((f) => Math.max(0, f)) : own
  }
  return tf.tidy(() => {
    const z = tf.tensor2d(logits, [target.length, classes])
    const k = tf.tensor2d(oneHot(target, classes), [target.length, classes])
    return tf
      .sum(tf.mul(z, slopeOf(evidence, z, k)), 1)
      .dataSync<'float32'>()
      .slice()
  })
}

/** The target of each sequence as one-hot rows `[batch, classes]`, where it follows from the logits. */
function chosenBy(own: keyof typeof FROM_LOGITS, logits: tf.Tensor2D): tf.Tensor2D {
  const classes = logits.shape[1]
  if (own === 'runnerUp' && classes < 2)
    throw new Error('there is no runner-up among the classes of a network that has one')
  const first = (values: tf.Tensor2D): tf.Tensor2D =>
    tf.cast(tf.oneHot(tf.argMax(values, 1), classes) as tf.Tensor2D, 'float32')
  const predicted = first(logits)
  if (own === 'prediction') return predicted
  return first(tf.add(tf.mul(logits, tf.sub(1, predicted)), tf.mul(predicted, -1e30)))
}

type Settings = ExplainOptions & {
  readonly range: InputRange
  readonly record: boolean
  readonly evidence: Evidence
}
type Own = keyof typeof FROM_LOGITS | null

function run(forward: Forward, given: Given, own: Own, settings: Settings) {
  const { method, range, record, geometry, items, evidence } = settings
  const [batch] = given.x.shape
  if (settings.repeated && !uncompilable.get(forward)?.has(method)) {
    const shapes = Object.entries(given.w).map(([name, { shape }]) => `${name} ${shape}`)
    const key = JSON.stringify([
      identityOf(method),
      given.x.shape,
      range,
      record,
      own,
      geometry,
      items,
      evidence,
      shapes,
    ])
    try {
      // A recording tells sequences apart by their rows among all steps, which parts would mix.
      return runCompiled(
        forward,
        key,
        given,
        computation(forward, given, own, settings, record ? 1 : partsOf(batch)),
      )
    } catch (error) {
      if (!(error instanceof NotTraceable)) throw error
      const known = uncompilable.get(forward) ?? new WeakSet()
      uncompilable.set(forward, known.add(method))
    }
  }
  return runOneByOne(given, computation(forward, given, own, settings, 1))
}

/** The explanation as a computation: relevance, logits, and what was recorded. */
function computation(
  forward: Forward,
  { w, x }: Given,
  own: Own,
  { method, range, record, geometry, items, evidence }: Settings,
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
      if (own !== null) return chosenBy(own, logits)
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
          items: items ?? null,
          record,
          evidence,
          target: chosen(part),
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
