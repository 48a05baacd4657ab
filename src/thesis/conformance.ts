import * as tf from '@tensorflow/tfjs-core'
import type { Architecture } from '../architectures/index.js'
import { type Explanation, explainBatch, type Method } from '../explanation/index.js'
import { canCompile } from '../network/execution.js'
import { checkParameters, toTensors } from '../network/parameters.js'
import { type Golden, goldenParameters } from './golden.js'

/** The largest deviation of one quantity, relative to the largest reference value; null where there is no method of that id. */
export interface Deviation {
  readonly architecture: string
  readonly quantity: string
  readonly deviation: number | null
}

/**
 * Compares a network with a golden file: the logits, and every method that the file holds.
 *
 * @param methods those that there are; what the file holds besides is reported as missing
 * @throws Error naming what of the file does not fit the network
 */
export function conformance(
  golden: Golden,
  architecture: Architecture,
  methods: readonly Method[],
): Deviation[] {
  const { geometry, units, inputRange, sequences, target } = golden
  const values = goldenParameters(golden)
  checkParameters(architecture.parameters(geometry, units), values)
  const w = toTensors(values)
  const x = tf.tensor3d(sequences.values, sequences.shape as [number, number, number])
  try {
    const range = { low: inputRange[0], high: inputRange[1] }
    // Both ways of running a walk have to conform; on wasm there is one only.
    const ways = canCompile() ? [false, true] : [false]
    const forward = architecture.forward(geometry, units)
    const explained = (method: Method): Explanation[] =>
      ways.map((repeated) => explainBatch(forward, w, x, { method, target, range, geometry, repeated }))
    const largest = (explanations: readonly Explanation[], of: 'logits' | 'relevance', values: number[]) =>
      Math.max(...explanations.map((explanation) => relativeDeviation(explanation[of], values)))
    const rows: Deviation[] = []
    for (const [quantity, { values }] of Object.entries(golden.relevance)) {
      const method = methods.find(({ id }) => id === quantity)
      const explanations = method ? explained(method) : []
      if (method && !rows.some((row) => row.quantity === 'logits')) {
        const deviation = largest(explanations, 'logits', golden.logits.values)
        rows.unshift({ architecture: architecture.id, quantity: 'logits', deviation })
      }
      const deviation = method ? largest(explanations, 'relevance', values) : null
      rows.push({ architecture: architecture.id, quantity, deviation })
    }
    return rows
  } finally {
    tf.dispose([w, x])
  }
}

/** max |a − b| / max |b|; infinite where they are not equally many, or one is not a number. */
function relativeDeviation(actual: Float32Array, reference: readonly number[]): number {
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY
  let deviation = 0
  let largest = 0
  for (const [i, value] of reference.entries()) {
    const difference = Math.abs(actual[i]! - value)
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY
    deviation = Math.max(deviation, difference)
    largest = Math.max(largest, Math.abs(value))
  }
  return largest === 0 ? deviation : deviation / largest
}
