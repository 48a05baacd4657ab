import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { methods } from '../../src/catalogue/index.js'
import {
  type Explanation,
  explainBatch,
  type Method,
  sinks,
  type Target,
} from '../../src/explanation/index.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { tensorsLeft } from '../network/tensors.js'

beforeAll(async () => {
  await useBackend()
})

/** The largest difference, relative to the largest value. */
function deviation(own: Float32Array, other: Float32Array): number {
  const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest(own.map((value, i) => value - other[i]!)) / (largest(other) || 1)
}

describe.each(byName)('an explanation of %s that is repeated', (_name, architecture) => {
  const network = randomNetwork(architecture)
  // Enough for a part of its own for each of four cores.
  const BATCH = 100

  function both(method: Method, target: Target, record: boolean, batch: number): [Explanation, Explanation] {
    const [w, x] = [tensorsOf(network), randomSequences(batch)]
    const options = { method, target, record, geometry: TINY }
    const once = explainBatch(network.forward, w, x, options)
    // The second run does not compile.
    explainBatch(network.forward, w, x, { ...options, repeated: true })
    const repeated = explainBatch(network.forward, w, x, { ...options, repeated: true })
    tf.dispose([w, x])
    return [repeated, once]
  }

  it('is that of a single walk, by any method, whatever the target', () => {
    for (const method of methods) {
      const labels = Array.from({ length: BATCH }, (_, i) => i % 3)
      for (const target of ['prediction', 1, labels] as const) {
        const [repeated, once] = both(method, target, false, BATCH)
        expect(repeated.target).toEqual(once.target)
        expect(deviation(repeated.logits, once.logits)).toBeLessThan(1e-5)
        expect(deviation(repeated.entered, once.entered)).toBeLessThan(1e-5)
        expect(deviation(repeated.relevance, once.relevance), method.id).toBeLessThan(1e-4)
      }
    }
  })

  it('records what a single walk records', () => {
    for (const method of methods) {
      const [repeated, once] = both(method, 1, true, 50)
      expect(repeated.taps.map(({ name, step, shape }) => ({ name, step, shape }))).toEqual(
        once.taps.map(({ name, step, shape }) => ({ name, step, shape })),
      )
      for (const [i, { relevance }] of repeated.taps.entries())
        expect(deviation(relevance, once.taps[i]!.relevance)).toBeLessThan(1e-4)
      for (const sink of sinks) {
        const [own, other] = [repeated, once].map(({ absorbed }) => Float32Array.from(absorbed![sink]))
        expect(deviation(own!, other!), `${method.id} ${sink}`).toBeLessThan(1e-4)
      }
    }
  })

  it('leaves no tensor behind', () => {
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    const left = tensorsLeft(() =>
      explainBatch(network.forward, w, x, { method: methods[0]!, target: 1, repeated: true }),
    )
    expect(left).toBe(0)
    tf.dispose([w, x])
  })
})
