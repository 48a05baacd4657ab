import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { rGru, rLstm, shallow } from '../../src/architectures/index.js'
import { useBackend } from '../../src/backend/use-backend.js'
import { THESIS_GEOMETRY } from '../../src/network/geometry.js'
import { logitsOf } from '../../src/network/logits.js'
import { observeNetwork } from '../../src/network/observe.js'
import { toTensors } from '../../src/network/parameters.js'
import { randomParameters } from '../../src/thesis/models/random-network.js'

beforeAll(async () => {
  await useBackend()
})

function observed(architecture: typeof rLstm) {
  const values = randomParameters(architecture, THESIS_GEOMETRY, architecture.units, 1, 2)
  const w = toTensors(values)
  const x = tf.randomUniform<tf.Rank.R3>([2, 28, 84], -1, 1, 'float32', 3)
  const forward = architecture.forward(THESIS_GEOMETRY, architecture.units)
  const result = { found: observeNetwork(forward, w, x), logits: logitsOf(forward, w, x) }
  tf.dispose([w, x])
  return result
}

describe('a network that is observed', () => {
  it.each([rLstm, rGru, shallow])('computes what it computes unobserved: $title', (architecture) => {
    const { found, logits } = observed(architecture)
    expect(found.logits).toEqual(logits)
  })

  it('tells of an LSTM all three gates at every step, whose products are its cell and its output', () => {
    const { taps, gates } = observed(rLstm).found
    const tap = (name: string, step: number) =>
      taps.find((one) => one.name === name && one.step === step)!.values
    const gate = (on: string, isFromBefore: boolean, step: number) =>
      gates.find((one) => one.on === on && one.isFromBefore === isFromBefore && one.step === step)!.values
    expect(gates).toHaveLength(3 * 12)
    for (let step = 0; step < 12; step++) {
      const [forget, input, output] = [
        gate('cell', true, step),
        gate('candidate', false, step),
        gate('cell', false, step),
      ]
      const before = step === 0 ? new Float32Array(2 * 72) : tap('cell', step - 1)
      for (let i = 0; i < before.length; i++) {
        const cell = forget[i]! * before[i]! + input[i]! * tap('candidate', step)[i]!
        expect(tap('cell', step)[i]).toBeCloseTo(cell, 5)
        expect(tap('output', step)[i]).toBeCloseTo(output[i]! * tap('cell', step)[i]!, 5)
      }
    }
  })

  it('tells of a GRU what its state keeps and lets into the candidate, from the step before', () => {
    const { gates } = observed(rGru).found
    const ofState = gates.filter(({ on }) => on === 'state')
    expect(ofState.every(({ isFromBefore }) => isFromBefore)).toBe(true)
    expect(ofState.map(({ step }) => step)).toEqual(Array.from({ length: 24 }, (_, i) => i >> 1))
    expect(gates.filter(({ on }) => on === 'candidate').map(({ step }) => step)).toEqual([
      ...Array(12).keys(),
    ])
  })

  it('has no gates where it is a plain recurrent network', () => {
    expect(observed(shallow).found.gates).toEqual([])
  })
})
