import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { denseLayer } from '../../../src/architectures/dense-layer.js'
import type { Architecture } from '../../../src/architectures/index.js'
import { useBackend } from '../../../src/backend/use-backend.js'
import { method, methods } from '../../../src/catalogue/index.js'
import { explainBatch, ledgersOf } from '../../../src/explanation/index.js'
import type { Forward } from '../../../src/network/operations.js'
import { layer } from '../../../src/network/parameters.js'
import { frames } from '../../../src/network/sequence.js'
import { methodsOfFewWalks } from '../../explanation/few-walks.js'
import { rowsSeenBy, walksOf } from '../../explanation/walks.js'
import { deviation, tensorsLeft } from '../../network/tensors.js'
import { furtherNetworks } from '../further-networks.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from '../networks.js'
import { noCopies, unsharing } from '../unshared.js'

beforeAll(async () => {
  await useBackend()
})

const BATCH = 6
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** A layer of ReLUs over each frame and one of another activation over all of them: what only the readout reads is no ReLU. */
const outputOf = (activation: 'tanh' | 'sigmoid'): Architecture => ({
  id: `${activation}-output`,
  title: `An output of ${activation}`,
  units: { input: 7, output: 6 },
  parameters: ({ rows, stepColumns, steps, classes }, { input, output }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...layer('output', [steps * input!, output!], 'freeBias'),
    ...layer('readout', [output!, classes]),
  ],
  forward: (geometry) => (ops, w, x) => {
    const input = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
    const together = tf.concat(tf.split<Tensor2D>(input, geometry.steps), 1)
    const sum = ops.affine(
      'output',
      [ops.term(together, w['output.kernel']!, 'nonnegative')],
      w['output.bias']!,
    )
    const domain = activation === 'tanh' ? 'signed' : 'nonnegative'
    const read = ops.term(ops[activation](sum), w['readout.kernel']!, domain)
    return ops.affine('readout', [read], w['readout.bias']!)
  },
})

const networks = [...furtherNetworks, outputOf('tanh'), outputOf('sigmoid')]
const booking = methods.filter(({ ledger }) => ledger !== undefined)

/** The layer at which a method refuses a network, by the network and the method; others are explained. */
const REFUSALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tanh-lstm': {
    deepTaylor: 'gates',
    deepTaylorShifted: 'gates',
    // What looks at no input is defined for states of either sign, but not the sum behind it.
    deepTaylorWSquared: 'cell',
    deepTaylorFlat: 'cell',
    deepTaylorGatesHalf: 'gates',
    deepTaylorGatesProportional: 'gates',
    deepTaylorGatesAbsolute: 'gates',
    lrpAlpha1Beta0: 'gates',
    lrpAlpha2Beta1: 'gates',
    lrpGamma: 'gates',
    epsilonGammaBox: 'gates',
  },
  'tanh-output': {
    deepTaylor: 'readout',
    deepTaylorWSquared: 'readout',
    deepTaylorFlat: 'readout',
    deepTaylorShifted: 'readout',
    deepTaylorGatesHalf: 'readout',
    deepTaylorGatesProportional: 'readout',
    deepTaylorGatesAbsolute: 'readout',
    lrpGamma: 'readout',
  },
}

const cases = networks.flatMap((network) =>
  methods.map((method) => [network.id, method.id, REFUSALS[network.id]?.[method.id] ?? null] as const),
)
const networkOf = (id: string) => networks.find((network) => network.id === id)!

describe.each(cases.filter(([, , layer]) => layer !== null))('%s by %s', (id, name, layer) => {
  it(`is refused, naming the layer '${layer}' whose inputs may be negative, and nothing is left behind`, () => {
    const network = randomNetwork(networkOf(id))
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    for (const way of [{}, { record: true }, { repeated: true }]) {
      const options = { method: method(name), target: 'prediction', geometry: TINY, ...way } as const
      const left = tensorsLeft(() =>
        expect(() => explainBatch(network.forward, w, x, options)).toThrow(
          `${method(name).title} is not defined for layer '${layer}', whose inputs may be negative`,
        ),
      )
      expect(left).toBe(0)
    }
    tf.dispose([w, x])
  })
})

it('Deep Taylor says so in words: not defined for the readout of a tanh', () => {
  const network = randomNetwork(outputOf('tanh'))
  const [w, x] = [tensorsOf(network), randomSequences(1)]
  expect(() => explainBatch(network.forward, w, x, { method: method('deepTaylor'), target: 0 })).toThrow(
    "Deep Taylor decomposition is not defined for layer 'readout', whose inputs may be negative",
  )
  tf.dispose([w, x])
})

describe.each(networks.map((network) => [network.id, network] as const))('%s', (id, architecture) => {
  const network = randomNetwork(architecture)
  const defined = methodsOfFewWalks.filter((method) => REFUSALS[id]?.[method.id] === undefined)

  it('has a ledger that adds up, by every method that has one and is defined for it', () => {
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    for (const method of booking.filter((method) => defined.includes(method))) {
      const options = { method, target: 'prediction', geometry: TINY, record: true } as const
      const ledgers = ledgersOf(explainBatch(network.forward, w, x, options), TINY)
      expect(
        ledgers.some(({ entered }) => entered > 0.01),
        method.id,
      ).toBe(true)
      for (const ledger of ledgers) {
        const { entered, steps, initialState, biases, epsilon, undistributed, rounding } = ledger
        const sinks = [initialState, biases, epsilon, undistributed]
        const moved = sumOf([...steps, ...sinks, entered].map(Math.abs))
        expect(Math.abs(rounding), method.id).toBeLessThanOrEqual(1e-5 * moved)
        // Rules that look at no input give a share to a state of 0 beside pixels.
        if (!/^deepTaylor(WSquared|Flat)$/.test(method.id)) expect(initialState).toBe(0)
        if (method.conserves)
          expect(Math.abs(sumOf(steps) + biases + undistributed - entered), method.id).toBeLessThanOrEqual(
            1e-5 * moved,
          )
      }
    }
    tf.dispose([w, x])
  })

  it('has relevance that is not 0, that no other sequence of the batch changes, and that compiling keeps', () => {
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    for (const method of defined) {
      const options = { method, target: 'prediction', geometry: TINY, items: TINY.steps } as const
      const { relevance } = explainBatch(network.forward, w, x, options)
      expect(
        relevance.some((value) => value !== 0),
        method.id,
      ).toBe(true)
      // A path is many walks that compile as one does.
      if (walksOf(method).length <= 1) {
        const compiled = explainBatch(network.forward, w, x, { ...options, repeated: true })
        expect(deviation(compiled.relevance, relevance), method.id).toBeLessThan(1e-4)
      }
      const parts = tf.split<Tensor3D>(x, BATCH)
      const alone = explainBatch(network.forward, w, parts[2]!, options).relevance
      expect(deviation(alone, relevance.subarray(2 * alone.length, 3 * alone.length))).toBeLessThan(1e-5)
      tf.dispose(parts)
    }
    tf.dispose([w, x])
  })

  it('has the relevance of a copy that shares no kernel and no bias', () => {
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    for (const method of defined) {
      const copies = noCopies()
      const rows = rowsSeenBy(method, BATCH)
      const unshared: Forward = (ops, w, x) =>
        network.forward(unsharing({ ...ops, dispose: () => {} }, rows, copies), w, x)
      const options = { method, target: 'prediction', geometry: TINY, items: TINY.steps } as const
      const own = explainBatch(network.forward, w, x, options)
      const copied = explainBatch(unshared, w, x, options)
      expect(copies.given.size).toBeGreaterThan(0)
      expect(deviation(own.logits, copied.logits)).toBeLessThan(1e-6)
      expect(deviation(own.relevance, copied.relevance), method.id).toBeLessThan(2e-6)
    }
    tf.dispose([w, x])
  })
})

describe('deep Taylor', () => {
  it('passes on at each state what the steps up to it receive', () => {
    for (const [id, state] of [
      ['elman', 'hidden'],
      ['gru', 'state'],
      ['max-pooling', 'hidden'],
    ] as const) {
      const network = randomNetwork(networkOf(id))
      const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
      const explanation = explainBatch(network.forward, w, x, {
        method: method('deepTaylor'),
        target: 'prediction',
        record: true,
      })
      const ledgers = ledgersOf(explanation, TINY)
      const taps = explanation.taps.filter(({ name, step }) => name === state && typeof step === 'number')
      expect(taps).toHaveLength(TINY.steps)
      for (const { step, shape, relevance } of taps)
        for (const [sequence, { steps, entered }] of ledgers.entries()) {
          const arriving = relevance
            .subarray(sequence * shape[1], (sequence + 1) * shape[1])
            .reduce((sum, value) => sum + value, 0)
          const upTo = sumOf(steps.slice(0, Number(step) + 1))
          expect(Math.abs(arriving - upTo), id).toBeLessThanOrEqual(1e-5 * entered + 1e-7)
        }
      tf.dispose([w, x])
    }
  })

  it('gives no pixel of a ReLU network negative relevance', () => {
    for (const { id } of networks.filter(({ id }) => REFUSALS[id] === undefined)) {
      const network = randomNetwork(networkOf(id))
      const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
      const options = { method: method('deepTaylor'), target: 'prediction' } as const
      expect(Math.min(...explainBatch(network.forward, w, x, options).relevance), id).toBeGreaterThanOrEqual(
        0,
      )
      tf.dispose([w, x])
    }
  })
})
