import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { differentiable } from '../../src/network/differentiable.js'
import { toTensors } from '../../src/network/parameters.js'
import { fixture, fixtureNames, importFixture, sequencesOf } from './fixtures.js'

beforeAll(() => useBackend())

describe('an imported model', () => {
  it.each(fixtureNames)('%s has the logits of the original', async (name) => {
    const model = await importFixture(name)
    const { architecture, geometry, units, parameters } = model
    const logits = tf.tidy(() => {
      const forward = architecture.forward(geometry, units)
      const pass = differentiable({ purpose: 'explaining' })
      const x = sequencesOf(name, model)
      return (forward(pass, toTensors(parameters), x) as Tensor2D).dataSync<'float32'>()
    })
    const expected = fixture(name).logits.values
    expect(logits.length).toBe(expected.length)
    for (const [i, value] of expected.entries()) expect(Math.abs(logits[i]! - value)).toBeLessThan(1e-5)
  })
})
