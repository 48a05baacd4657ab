import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/backend/use-backend.js'
import { explainBatch, gradientTimesInput, sensitivity } from '../../../src/explanation/index.js'
import { differentiable } from '../../../src/network/differentiable.js'
import type { Geometry } from '../../../src/network/geometry.js'
import { logitsOf } from '../../../src/network/logits.js'
import { layoutOf, partOf, toFlat } from '../../../src/training/layout.js'
import { lossAndGradient } from '../../../src/training/step.js'
import { deviation } from '../../network/tensors.js'
import { furtherNetworks } from '../further-networks.js'
import { randomNetwork, randomSequences, TINY, tensorsOf, tinyUnitsOf } from '../networks.js'
import { type SlowValues, slowLogits } from './slow-networks.js'

beforeAll(async () => {
  await useBackend()
})

const BATCH = 4
const geometries: [string, Geometry][] = [
  ['three steps of 5×3', TINY],
  ['the same from the right', { ...TINY, scan: 'rightToLeft' }],
  ['one step', { rows: 4, stepColumns: 6, steps: 1, classes: 3 }],
  ['single columns', { rows: 6, stepColumns: 1, steps: 5, classes: 2 }],
]

/** The slope of f along a direction, by differences in double precision; null where it bends within the longer of two steps. */
function slopeOf(f: (step: number) => number): number | null {
  const [near, far] = [1e-6, 1e-4].map((step) => (f(step) - f(-step)) / (2 * step))
  return Math.abs(near! - far!) > 1e-3 * (Math.abs(near!) + 1e-2) ? null : near!
}

describe.each(furtherNetworks.map((network) => [network.title, network] as const))(
  '%s',
  (_title, architecture) => {
    const { id } = architecture
    const units = tinyUnitsOf(architecture)

    it.each(geometries)('has the logits of its loop written out: %s', (_what, geometry) => {
      const network = randomNetwork(architecture, geometry)
      const [w, x] = [tensorsOf(network), randomSequences(BATCH, geometry)]
      const pixels = x.dataSync<'float32'>()
      const size = pixels.length / BATCH
      const expected = Array.from({ length: BATCH }, (_, row) =>
        slowLogits(
          id,
          { values: network.values, geometry, units },
          pixels.subarray(row * size, (row + 1) * size),
        ),
      ).flat()
      expect(deviation(logitsOf(network.forward, w, x), expected)).toBeLessThan(1e-6)
      const training = differentiable({ purpose: 'training' })
      const trained = tf.tidy(() => network.forward(training, w, x).dataSync())
      training.dispose()
      expect(deviation(trained, expected)).toBeLessThan(1e-6)
      expect(new Set(expected.map((logit) => logit.toFixed(4))).size).toBeGreaterThan(BATCH)
      tf.dispose([w, x])
    })

    it('has the gradient of the logit that finite differences of the loop have, at every pixel', () => {
      const network = randomNetwork(architecture)
      const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
      const pixels = x.dataSync<'float32'>()
      const size = pixels.length / BATCH
      const slow = { values: network.values, geometry: TINY, units }
      let compared = 0
      for (const repeated of [false, true]) {
        const options = { target: 1, repeated, geometry: TINY } as const
        const [squared, product] = [sensitivity, gradientTimesInput].map(
          (method) => explainBatch(network.forward, w, x, { ...options, method }).relevance,
        )
        const largest = Math.sqrt(Math.max(...squared!))
        for (const [i, pixel] of pixels.entries()) {
          const own = pixels.slice(Math.floor(i / size) * size, (Math.floor(i / size) + 1) * size)
          const slope = slopeOf((step) => {
            const moved = Array.from(own)
            moved[i % size] = pixel + step
            return slowLogits(id, slow, moved)[1]!
          })
          if (slope === null) continue
          compared++
          expect(Math.abs(product![i]! / pixel - slope)).toBeLessThan(1e-4 * largest)
          expect(Math.abs(squared![i]! - slope ** 2)).toBeLessThan(1e-4 * largest ** 2)
        }
      }
      expect(compared).toBeGreaterThan(1.8 * pixels.length)
      tf.dispose([w, x])
    })

    it('has the gradient of the loss that finite differences of the loop have, at every parameter', () => {
      const network = randomNetwork(architecture)
      const layout = layoutOf(network.specs)
      const x = randomSequences(BATCH)
      const pixels = x.dataSync<'float32'>()
      const size = pixels.length / BATCH
      const labels = Int32Array.of(0, 3, 1, 2)
      const flat = toFlat(layout, network.values)
      const gradient = new Float32Array(layout.size)
      const { loss } = lossAndGradient(
        network.forward,
        layout,
        flat,
        { x: pixels, shape: x.shape, labels },
        gradient,
      )

      /** The mean loss with an eleventh logit of 0, in double precision. */
      const lossOf = (values: SlowValues) =>
        Array.from(labels, (label, row) => {
          const own = pixels.subarray(row * size, (row + 1) * size)
          const logits = slowLogits(id, { values, geometry: TINY, units }, own)
          const partition = logits.reduce((sum, logit) => sum + Math.exp(logit), 1)
          return Math.log(partition) - logits[label]!
        }).reduce((sum, own) => sum + own / BATCH, 0)
      expect(loss).toBeCloseTo(lossOf(network.values), 5)

      let compared = 0
      for (const [index, { name, shape }] of network.specs.entries()) {
        const slopes = partOf(layout, gradient, index)
        const largest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0)
        expect(largest, name).toBeGreaterThan(1e-4)
        const original = Array.from(network.values[name]!.values)
        for (const [i, own] of slopes.entries()) {
          const slope = slopeOf((step) => {
            const values = original.with(i, original[i]! + step)
            // Double precision stays: the loops read any list of numbers.
            const moved = { shape, values: values as unknown as Float32Array }
            return lossOf({ ...network.values, [name]: moved })
          })
          if (slope === null) continue
          compared++
          expect(Math.abs(own - slope), `${name} ${i}`).toBeLessThan(2e-4 * largest + 1e-6)
        }
      }
      expect(compared).toBeGreaterThan(0.9 * layout.size)
      x.dispose()
    })
  },
)
