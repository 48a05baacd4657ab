import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { deepTaylor, explainBatch, ledgersOf, lrpAlphaBeta } from '../../src/explanation/index.js'
import type { Geometry } from '../../src/network/geometry.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'

beforeAll(async () => {
  await useBackend()
})

const geometries: [string, Geometry][] = [
  ['three steps of 5×3', TINY],
  ['one step', { rows: 4, stepColumns: 6, steps: 1, classes: 3 }],
  ['single columns', { rows: 6, stepColumns: 1, steps: 4, classes: 4 }],
  ['seven rows in two steps', { rows: 7, stepColumns: 4, steps: 2, classes: 3 }],
]
const conserving = [deepTaylor, lrpAlphaBeta(2, 1), lrpAlphaBeta(1.5, 0.5), lrpAlphaBeta(1, 0)]

describe.each(byName)('%s', (_name, architecture) => {
  it.each(geometries)('conserves relevance by the ledger: %s', (what, geometry) => {
    const network = randomNetwork(architecture, geometry, what)
    const [w, x] = [tensorsOf(network), randomSequences(12, geometry)]
    for (const method of conserving) {
      const explanation = explainBatch(network.forward, w, x, { method, target: 'prediction', record: true })
      const ledgers = ledgersOf(explanation, geometry)
      expect(ledgers.filter(({ entered }) => entered > 0.01).length).toBeGreaterThan(0)
      for (const { entered, steps, biases, undistributed, initialState, rounding } of ledgers) {
        expect(steps).toHaveLength(geometry.steps)
        const received = steps.reduce((sum, part) => sum + part, 0)
        expect(received + biases + undistributed + initialState + rounding).toBeCloseTo(entered, 10)
        const moved = steps.reduce((sum, part) => sum + Math.abs(part), Math.abs(undistributed) + entered)
        expect(Math.abs(rounding)).toBeLessThanOrEqual(1e-5 * moved)
        expect([biases, initialState]).toEqual([0, 0])
        // With α = 2 a neuron without negative contributions keeps −β·R; deep Taylor keeps nothing.
        if (method === deepTaylor) expect(Math.abs(received - entered)).toBeLessThanOrEqual(1e-5 * entered)
      }
    }
    tf.dispose([w, x])
  })

  it('gives no pixel negative relevance by deep Taylor', () => {
    const network = randomNetwork(architecture)
    const [w, x] = [tensorsOf(network), randomSequences(12)]
    const { relevance } = explainBatch(network.forward, w, x, { method: deepTaylor, target: 'prediction' })
    expect(Math.min(...relevance)).toBeGreaterThanOrEqual(0)
    tf.dispose([w, x])
  })

  it('passes on at the state after step t what the steps up to t receive', () => {
    const network = randomNetwork(architecture)
    const batch = 6
    const [w, x] = [tensorsOf(network), randomSequences(batch)]
    const explanation = explainBatch(network.forward, w, x, {
      method: deepTaylor,
      target: 'prediction',
      record: true,
    })
    const states = architecture.id.endsWith('lstm') ? ['cell'] : ['recurrent']
    const at = explanation.taps.filter(({ name, step }) => states.includes(name) && typeof step === 'number')
    expect(at.length).toBeGreaterThanOrEqual(TINY.steps - 1)
    const ledgers = ledgersOf(explanation, TINY)
    for (const { step, shape, relevance } of at) {
      for (let sequence = 0; sequence < batch; sequence++) {
        const arriving = relevance
          .subarray(sequence * shape[1], (sequence + 1) * shape[1])
          .reduce((sum, value) => sum + value, 0)
        const { steps, entered } = ledgers[sequence]!
        const upTo = steps.slice(0, Number(step) + 1).reduce((sum, part) => sum + part, 0)
        expect(Math.abs(arriving - upTo)).toBeLessThanOrEqual(1e-5 * entered + 1e-7)
      }
    }
    tf.dispose([w, x])
  })
})
