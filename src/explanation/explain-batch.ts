import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { canCompile } from '../network/execution.js'
import type { Geometry } from '../network/geometry.js'
import { oneHot } from '../network/one-hot.js'
import type { Forward, Parameters } from '../network/operations.js'
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
import type { Chosen } from './chosen.js'
import { compiledPasses } from './compiled-passes.js'
import { type Evidence, evidenceValues, slopeOf } from './evidence.js'
import { attributeBatch } from './explained.js'
import type { Method } from './method.js'
import { plainPasses } from './passes.js'
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
  const isOwn = wanted === 'prediction' || wanted === 'runnerUp'
  const chosen = isOwn ? wanted : (classes: number) => oneHot(targetsOf(wanted, batch, classes), classes)
  const settings = { ...options, range, record, evidence }
  const { values, entries } = run(forward, w, x, chosen, settings)
  const [relevance, logits, ...recorded] = values
  const classes = logits!.length / batch
  const target = isOwn ? FROM_LOGITS[wanted](logits!, classes) : targetsOf(wanted, batch, classes)
  const recording = record ? readRecording(batch, entries, recorded) : null
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

type Settings = ExplainOptions & {
  readonly range: InputRange
  readonly record: boolean
  readonly evidence: Evidence
}

/** Relevance, logits, and what was recorded, as values. */
function run(
  forward: Forward,
  w: Parameters,
  x: Tensor3D,
  chosen: Chosen,
  { method, range, record, geometry, items, evidence, repeated = false }: Settings,
) {
  const asked = { forward, w, range, evidence }
  const compiled = repeated && canCompile() ? compiledPasses(asked) : null
  const results: { values: Float32Array[]; entries: readonly Entry[] }[] = []
  tf.tidy(() => {
    const passes = compiled ?? plainPasses(asked)
    const batch = { passes, x, chosen, evidence, range, record }
    const { outputs, entries } = attributeBatch(method, {
      ...batch,
      geometry: geometry ?? null,
      items: items ?? null,
    })
    // A copy, since a tensor that was never changed shares its values with what it was made of.
    results.push({ values: outputs.map((tensor) => tensor.dataSync<'float32'>().slice()), entries })
  })
  compiled?.finish()
  return results[0]!
}
