import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { methods } from '../../src/catalogue/index.js'
import {
  deepTaylor,
  explainBatch,
  ledgersOf,
  lrpAlphaBeta,
  lrpEpsilonOf,
  lrpGammaOf,
} from '../../src/explanation/index.js'
import type { Geometry } from '../../src/network/geometry.js'
import { byName, nonnegativeNetworks, randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'

beforeAll(async () => {
  await useBackend()
})

const geometries: [string, Geometry][] = [
  ['three steps of 5×3', TINY],
  ['one step', { rows: 4, stepColumns: 6, steps: 1, classes: 3 }],
  ['single columns', { rows: 6, stepColumns: 1, steps: 4, classes: 4 }],
  ['seven rows in two steps', { rows: 7, stepColumns: 4, steps: 2, classes: 3 }],
]
/** The methods that book what enters at the logit. */
const booking = [
  ...methods,
  lrpAlphaBeta(1.5, 0.5),
  lrpAlphaBeta(1, 0),
  lrpEpsilonOf(0.5),
  lrpGammaOf(1),
].filter(({ ledger }) => ledger !== undefined)

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

describe.each(nonnegativeNetworks)('%s', (_name, architecture) => {
  it.each(geometries)('conserves relevance by the ledger: %s', (what, geometry) => {
    const network = randomNetwork(architecture, geometry, what)
    const [w, x] = [tensorsOf(network), randomSequences(12, geometry)]
    for (const method of booking) {
      const options = { method, target: 'prediction', geometry, record: true } as const
      const explanation = explainBatch(network.forward, w, x, options)
      const ledgers = ledgersOf(explanation, geometry)
      expect(ledgers.filter(({ entered }) => entered > 0.01).length, method.id).toBeGreaterThan(0)
      for (const { entered, steps, initialState, biases, epsilon, undistributed, rounding } of ledgers) {
        expect(steps).toHaveLength(geometry.steps)
        const sinks = [initialState, biases, epsilon, undistributed]
        expect(sumOf([...steps, ...sinks, rounding])).toBeCloseTo(entered, 10)
        const moved = sumOf([...steps, ...sinks, entered].map(Math.abs))
        expect(Math.abs(rounding), method.id).toBeLessThanOrEqual(1e-5 * moved)
        // The state before the first step is 0, and biases are ≤ 0 but for those of gates.
        // Rules that look at no input give a share to a state of 0 beside pixels.
        const looks = !/^deepTaylor(WSquared|Flat)$/.test(method.id)
        if (looks) expect(initialState).toBe(0)
        else
          expect(Math.abs(sumOf(steps) + initialState + undistributed - entered)).toBeLessThanOrEqual(
            1e-5 * entered,
          )
        const hasEpsilon = /^(lrpE|e)psilon/.test(method.id)
        if (!hasEpsilon) expect(epsilon).toBe(0)
        if (!hasEpsilon && !/^lrp(Zero|Gamma)/.test(method.id)) expect(biases).toBe(0)
        else if (entered !== 0) expect(biases).not.toBe(0)
        if (hasEpsilon && entered !== 0) expect(epsilon).not.toBe(0)
        const received = sumOf(steps)
        if (method.conserves)
          expect(Math.abs(received + undistributed - entered)).toBeLessThanOrEqual(1e-5 * entered)
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
})

describe.each(byName)('%s', (_name, architecture) => {
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
