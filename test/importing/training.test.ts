import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { differentiable } from '../../src/network/differentiable.js'
import { toTensors } from '../../src/network/parameters.js'
import { layoutOf, partOf, toFlat, toNamed } from '../../src/training/layout.js'
import { lossAndGradient } from '../../src/training/step.js'
import { importFixture, sequencesOf } from './fixtures.js'

beforeAll(() => useBackend())

/** The mean loss with an eleventh logit at 0 of logits `[batch, classes]`, in double precision. */
function slowLoss(logits: Float32Array, labels: Int32Array, classes: number): number {
  return labels.reduce((sum, label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const partition = Math.log(own.reduce((total, logit) => total + Math.exp(logit), 1))
    return sum + (partition - own[label]!) / labels.length
  }, 0)
}

describe('the training gradient of an imported model', () => {
  it.each([
    'keras-conv-gru',
    'keras-gru',
    'keras-lstm-hard-sigmoid',
    'tfjs-bidirectional-gru-sum',
    'tfjs-conv-average-rnn',
    'tfjs-functional',
    'torch-gru-three-levels-bidirectional',
  ])('%s is the slope of the loss along every parameter', async (name) => {
    const model = await importFixture(name)
    const { architecture, geometry, units } = model
    const forward = architecture.forward(geometry, units)
    const layout = layoutOf(architecture.parameters(geometry, units))
    const parameters = toFlat(layout, model.parameters)
    const x = sequencesOf(name, model)
    const labels = Int32Array.from({ length: x.shape[0] }, (_, row) => row % geometry.classes)
    const lossAt = (flat: Float32Array) => {
      const pass = differentiable({ purpose: 'training' })
      const w = toTensors(toNamed(layout, flat))
      const logits = tf.tidy(() => forward(pass, w, x).dataSync<'float32'>().slice())
      pass.dispose()
      tf.dispose(w)
      return slowLoss(logits, labels, geometry.classes)
    }
    const gradient = new Float32Array(layout.size)
    const batch = { x: x.dataSync<'float32'>(), shape: x.shape, labels }
    const { loss } = lossAndGradient(forward, layout, parameters, batch, gradient, undefined)
    expect(loss).toBeCloseTo(lossAt(parameters), 5)
    for (const [index, { name: parameter }] of layout.specs.entries()) {
      const slope = partOf(layout, gradient, index)
      const norm = Math.hypot(...slope)
      const errorAt = (step: number) => {
        const [ahead, behind] = [1, -1].map((sign) => {
          const moved = parameters.slice()
          const part = partOf(layout, moved, index)
          for (const [i, value] of slope.entries()) part[i]! += (sign * step * value) / norm
          return lossAt(moved)
        })
        return Math.abs((ahead! - behind!) / (2 * step) - norm)
      }
      expect(norm, parameter).toBeGreaterThan(1e-5)
      // A ReLU may switch within the longer step; the shorter one has more of the rounding.
      const limit = 0.01 * norm + 2e-4
      const error = errorAt(4e-3)
      expect(error < limit ? error : errorAt(5e-4), parameter).toBeLessThan(limit)
    }
    x.dispose()
  })
})
