import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, methods } from '../../src/catalogue/index.js'
import { explainBatch } from '../../src/explanation/index.js'
import type { Forward } from '../../src/network/operations.js'
import { layoutOf, toFlat } from '../../src/training/layout.js'
import { lossAndGradient } from '../../src/training/step.js'
import { walksOf } from '../explanation/walks.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'

// Top-level, since a method has to be tried to know whether it walks.
await useBackend()

const network = randomNetwork(architecture('deep'))

/** The network with one raw operation on its way: on the readout, on a layer's output, or on the sequences. */
const places: [string, Forward][] = [
  ['the logits', (ops, w, x) => tf.mul(network.forward(ops, w, x), 2)],
  ['a layer', (ops, w, x) => network.forward({ ...ops, relu: (x) => tf.add(ops.relu(x), 0) }, w, x)],
  ['the sequences', (ops, w, x) => network.forward(ops, w, tf.mul(x, 1))],
  [
    'a term',
    (ops, w, x) => network.forward({ ...ops, term: (x: Tensor2D, k, d) => ops.term(tf.relu(x), k, d) }, w, x),
  ],
]

const walking = methods.filter((method) => walksOf(method).length > 0)
const still = methods.filter((method) => !walking.includes(method))

describe.each(places)('a raw operation on %s of an architecture', (place, forward) => {
  it.each(walking.map((method) => [method.id, method] as const))(
    'fails loudly when explained by %s',
    (_name, method) => {
      const [w, x] = [tensorsOf(network), randomSequences(2)]
      expect(() => explainBatch(forward, w, x, { method, target: 0 })).toThrow('gradient function not found')
      tf.dispose([w, x])
    },
  )

  it.each(still.map((method) => [method.id, method] as const))(
    'goes unnoticed by %s, which compares logits or reads none, and walks nowhere',
    (_name, method) => {
      const [w, x] = [tensorsOf(network), randomSequences(2)]
      const options = { method, target: 0, geometry: TINY, items: TINY.steps }
      expect(explainBatch(forward, w, x, options).relevance.every(Number.isFinite)).toBe(true)
      tf.dispose([w, x])
    },
  )

  it('fails loudly in training, but on the sequences, which training does not differentiate', () => {
    const layout = layoutOf(network.specs)
    const x = randomSequences(2)
    const batch = { x: x.dataSync<'float32'>(), shape: x.shape, labels: Int32Array.of(0, 1) }
    const gradient = new Float32Array(layout.size)
    const train = () => lossAndGradient(forward, layout, toFlat(layout, network.values), batch, gradient)
    if (place === 'the sequences') expect(train).not.toThrow()
    else expect(train).toThrow('gradient function not found')
    x.dispose()
  })
})
