import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { explainBatch, sensitivity } from '../../src/explanation/index.js'
import { differentiable } from '../../src/network/differentiable.js'
import type { Geometry } from '../../src/network/geometry.js'
import { layoutOf, toFlat } from '../../src/training/layout.js'
import { lossAndGradient } from '../../src/training/step.js'
import { methodsOfFewWalks } from '../explanation/few-walks.js'
import { deviation } from '../network/tensors.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'

beforeAll(async () => {
  await useBackend()
})

const geometries: [string, Geometry][] = [
  ['one step', { rows: 6, stepColumns: 5, steps: 1, classes: 3 }],
  ['one pixel a step', { rows: 1, stepColumns: 1, steps: 4, classes: 2 }],
  ['eleven rows', { rows: 11, stepColumns: 2, steps: 2, classes: 5 }],
]

describe.each(byName)('%s', (_name, architecture) => {
  it.each(geometries)('explains and trains with %s, also a single sequence', (_what, geometry) => {
    const network = randomNetwork(architecture, geometry)
    const layout = layoutOf(network.specs)
    const w = tensorsOf(network)
    for (const batch of [1, 3]) {
      const x = randomSequences(batch, geometry)
      for (const method of methodsOfFewWalks) {
        const { relevance, logits, shape } = explainBatch(network.forward, w, x, {
          method,
          target: 0,
          geometry,
          items: geometry.steps,
        })
        expect(shape).toEqual([batch, geometry.rows, geometry.steps * geometry.stepColumns])
        expect(logits).toHaveLength(batch * geometry.classes)
        expect(relevance).toHaveLength(x.size)
        expect(relevance.every(Number.isFinite)).toBe(true)
      }
      const gradient = new Float32Array(layout.size).fill(9)
      const { loss } = lossAndGradient(
        network.forward,
        layout,
        toFlat(layout, network.values),
        { x: x.dataSync<'float32'>(), shape: x.shape, labels: new Int32Array(batch) },
        gradient,
      )
      expect(Number.isFinite(loss)).toBe(true)
      expect(gradient.every((value) => Number.isFinite(value) && value !== 9)).toBe(true)
      x.dispose()
    }
    tf.dispose(w)
  })

  it('computes each sequence by itself, whatever else is in the batch', () => {
    const network = randomNetwork(architecture)
    const [w, x] = [tensorsOf(network), randomSequences(5)]
    const pass = differentiable({ purpose: 'explaining' })
    const together = network.forward(pass, w, x).arraySync()
    for (const [i, part] of tf.split<Tensor3D>(x, 5).entries()) {
      expect(deviation(network.forward(pass, w, part).dataSync(), together[i]!)).toBeLessThan(1e-6)
    }
    pass.dispose()
    tf.dispose([w, x])
  })

  it('reads every pixel: each of them moves some logit', () => {
    const network = randomNetwork(architecture)
    const [w, x] = [tensorsOf(network), randomSequences(8)]
    const moved = new Float32Array(x.size / 8)
    for (let target = 0; target < TINY.classes; target++) {
      const { relevance } = explainBatch(network.forward, w, x, { method: sensitivity, target })
      for (const [i, value] of relevance.entries()) moved[i % moved.length]! += value
    }
    expect(moved.filter((value) => !(value > 0))).toHaveLength(0)
    tf.dispose([w, x])
  })

  it('refuses sequences of another size', () => {
    const network = randomNetwork(architecture)
    const w = tensorsOf(network)
    const x = randomSequences(2, { ...TINY, rows: 6 })
    expect(() => explainBatch(network.forward, w, x, { method: sensitivity, target: 0 })).toThrow(
      'sequences have shape [2,6,9]; this network reads [batch, 5, 9]',
    )
    tf.dispose([w, x])
  })
})
