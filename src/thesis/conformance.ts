import * as tf from '@tensorflow/tfjs-core'
import { architecture } from '../architectures/index.js'
import { type Explanation, explain, method } from '../explanation/index.js'
import { canCompile } from '../network/execution.js'
import { checkParameters, toTensors } from '../network/parameters.js'
import { type Golden, goldenParameters } from './golden.js'

/** The largest deviation of one quantity, relative to the largest reference value. */
export interface Deviation {
  readonly architecture: string
  readonly quantity: string
  readonly deviation: number
}

/** Evaluates a golden file: the logits and every method it holds; throws an Error naming what does not fit the network. */
export function conformance(golden: Golden): Deviation[] {
  const { parameters, forward, id: name } = architecture(golden.architecture)
  const { geometry, units, inputRange, sequences, target } = golden
  const references = Object.entries(golden.relevance ?? {})
  if (references.length === 0) throw new Error('the file holds no relevance to compare with')
  const values = goldenParameters(golden)
  checkParameters(parameters(geometry, units), values)
  const w = toTensors(values)
  const x = tf.tensor3d(sequences.values, sequences.shape as [number, number, number])
  try {
    const range = { low: inputRange[0], high: inputRange[1] }
    // Both ways of running a walk have to conform; on wasm there is one only.
    const ways = canCompile() ? [false, true] : [false]
    const network = forward(geometry, units)
    const largest = (quantity: string, of: (explanation: Explanation) => number) =>
      Math.max(
        ...ways.map((repeated) =>
          of(explain(network, w, x, { method: method(quantity), target, range, repeated })),
        ),
      )
    const explained = references.map(([quantity, reference]) => ({
      quantity,
      deviation: largest(quantity, ({ relevance }) => relativeDeviation(relevance, reference.values)),
    }))
    const logits = largest(references[0]![0], ({ logits }) => relativeDeviation(logits, golden.logits.values))
    return [{ quantity: 'logits', deviation: logits }, ...explained].map(({ quantity, deviation }) => ({
      architecture: name,
      quantity,
      deviation,
    }))
  } finally {
    tf.dispose([w, x])
  }
}

/** max |a − b| / max |b|; infinite when a value is missing or not a number. */
function relativeDeviation(actual: Float32Array, reference: readonly (number | null)[]): number {
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY
  let deviation = 0
  let largest = 0
  for (const [i, value] of reference.entries()) {
    const difference = Math.abs(actual[i]! - (value ?? Number.NaN))
    if (value === null || Number.isNaN(difference)) return Number.POSITIVE_INFINITY
    deviation = Math.max(deviation, difference)
    largest = Math.max(largest, Math.abs(value))
  }
  return largest === 0 ? deviation : deviation / largest
}
