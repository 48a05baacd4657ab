import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../../../src/backend/use-backend.js'
import { logitsOf } from '../../../../src/network/logits.js'
import { toTensors } from '../../../../src/network/parameters.js'
import { countingSequences } from '../../../../src/thesis/controls/counting/counting-sequences.js'
import { regressionStep } from '../../../../src/thesis/controls/counting/regression-step.js'
import { rightLogits } from '../../../../src/thesis/controls/counting/right-answer.js'
import { trainCounting } from '../../../../src/thesis/controls/counting/train-counting.js'
import {
  trainedRLstm,
  trainedSubtraction,
} from '../../../../src/thesis/controls/counting/trained-networks.js'
import { startAdam } from '../../../../src/training/adam.js'
import { initialise } from '../../../../src/training/initialise.js'
import { layoutOf, toNamed } from '../../../../src/training/layout.js'
import { toEffective } from '../../../../src/training/negative-bias.js'

beforeAll(async () => void (await useBackend()))

const STEPS = 4
const short = { updates: 40, batchSize: 16, learningRate: 0.02, steps: [STEPS] }

describe('a step of regression', () => {
  it.each([trainedRLstm, trainedSubtraction])('goes down the squared error of $id', (network) => {
    const layout = layoutOf(network.specs)
    const sequences = countingSequences(network.task, { count: 20, steps: STEPS, seed: 1, purpose: 'step' })
    const forward = network.forward(STEPS)
    const shape = [20, 2, STEPS] as const
    const trained = initialise(layout, 5)
    /** The error of trained parameters, in double precision from the logits on. */
    const errorOf = (values: Float32Array) => {
      const w = toTensors(toNamed(layout, toEffective(layout, values, new Float32Array(layout.size))))
      const x = tf.tensor3d(sequences.pixels, [...shape])
      const logits = logitsOf(forward, w, x)
      tf.dispose([w, x])
      const right = rightLogits(sequences)
      return right.reduce((sum, value, i) => sum + (logits[i]! - value) ** 2, 0) / right.length
    }
    const { m, v } = startAdam(layout.size)
    const before = { parameters: tf.tensor1d(trained.slice()), m: tf.tensor1d(m), v: tf.tensor1d(v) }
    const batch = { x: sequences.pixels, shape, wanted: rightLogits(sequences) }
    const { error, vectors } = regressionStep(forward, layout, batch, before, { t: 1, learningRate: 0.01 })
    // After one step from 0, Adam's first moment is a tenth of the gradient.
    const gradient = vectors.m.dataSync().map((moment) => moment * 10)
    tf.dispose([...Object.values(before), ...Object.values(vectors)])

    expect(error).toBeCloseTo(errorOf(trained), 5)
    let largest = 0
    // Of many, every fifth, which is prime to the widths of the layers.
    for (let i = 0; i < layout.size; i += layout.size > 100 ? 5 : 1) {
      const moved = (by: number) => errorOf(trained.map((value, k) => (k === i ? value + by : value)))
      expect(gradient[i], `parameter ${i}`).toBeCloseTo((moved(1e-3) - moved(-1e-3)) / 2e-3, 3)
      largest = Math.max(largest, Math.abs(gradient[i]!))
    }
    expect(largest).toBeGreaterThan(0.02)
  })
})

describe('a trained network', () => {
  it('is the same for a seed, and another for another', async () => {
    const trained = (seed: number) => trainCounting(trainedRLstm, short, seed)
    const [one, again, other] = [await trained(1), await trained(1), await trained(2)]
    expect(one).toEqual(again)
    expect(one).not.toEqual(other)
  })

  it('tells how far its training is, and ends when it is told to', async () => {
    const told: number[] = []
    await trainCounting(trainedRLstm, short, 1, { onProgress: (done) => told.push(done) })
    expect(told.length).toBeGreaterThan(1)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(trainCounting(trainedRLstm, short, 1, { signal })).rejects.toThrow('enough')
  })
})
