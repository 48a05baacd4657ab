import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { logitsOf } from '../../src/network/logits.js'
import { toTensors } from '../../src/network/parameters.js'
import { deviation, tensorsLeft } from '../network/tensors.js'
import { fixture, fixtureNames, importFixture, sequencesOf } from './fixtures.js'

beforeAll(() => useBackend())

describe('an imported model', () => {
  it.each(fixtureNames)('%s has the logits of the original', async (name) => {
    const model = await importFixture(name)
    const { architecture, geometry, units, parameters } = model
    const expected = fixture(name).logits
    expect(geometry.classes).toBe(expected.shape[1])
    const left = tensorsLeft(() => {
      const [w, x] = [toTensors(parameters), sequencesOf(name, model)]
      const logits = logitsOf(architecture.forward(geometry, units), w, x)
      tf.dispose([w, x])
      for (const [i, value] of expected.values.entries())
        expect(Math.abs(logits[i]! - value)).toBeLessThan(1e-5)
      expect(deviation(logits, expected.values)).toBeLessThan(1e-5)
    })
    expect(left).toBe(0)
  })

  it('has other logits for other sequences, in every fixture and class', () => {
    for (const name of fixtureNames) {
      const { shape, values } = fixture(name).logits
      const [batch, classes] = shape as [number, number]
      for (let k = 0; k < classes; k++) {
        const own = Array.from({ length: batch }, (_, row) => values[row * classes + k]!)
        expect(Math.max(...own) - Math.min(...own), `${name} ${k}`).toBeGreaterThan(0.05)
      }
    }
  })
})
