import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, methods } from '../../src/catalogue/index.js'
import {
  type BackwardWalk,
  deepTaylor,
  deepTaylorGatesHalf,
  deepTaylorRule,
  defineMethod,
  explainBatch,
  type InputRange,
  type Ledger,
  ledgersOf,
  lrpAlpha2Beta1,
  lrpEpsilonOf,
  lrpGammaOf,
  type Method,
  propagation,
  type Recorder,
  relevanceOperations,
  type Share,
} from '../../src/explanation/index.js'
import { customGradient } from '../../src/network/custom-gradient.js'
import type { Forward, Pass, Term } from '../../src/network/operations.js'
import { frames } from '../../src/network/sequence.js'
import { type Network, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { randomValues } from '../network/tensors.js'
import { entriesOf, expectAddsUp, sumOf } from './expect-adds-up.js'

beforeAll(async () => {
  await useBackend()
})

/** One pixel, one hidden neuron, one class: f = v · relu(w·x + b) + c. */
const oneNeuron: Forward = (ops, parameters, x) => {
  const pixels = frames(x, { rows: 1, stepColumns: 1, steps: 1, classes: 1 })
  const [w, v] = ['w', 'v'].map((name) => parameters[name] as Tensor2D)
  const [b, c] = ['b', 'c'].map((name) => parameters[name] as Tensor1D)
  const hidden = ops.relu(ops.affine('hidden', [ops.term(pixels, w!, 'pixels')], b!))
  return ops.affine('readout', [ops.term(hidden, v!, 'nonnegative')], c!)
}

interface Numbers {
  readonly x: number
  readonly w: number
  readonly b: number
  readonly v: number
  readonly c: number
}

function ledgerOfNeuron(method: Method, { x, ...numbers }: Numbers, range?: InputRange): Ledger {
  const parameters = {
    w: tf.tensor2d([numbers.w], [1, 1]),
    v: tf.tensor2d([numbers.v], [1, 1]),
    b: tf.tensor1d([numbers.b]),
    c: tf.tensor1d([numbers.c]),
  }
  const pixel: Tensor3D = tf.tensor3d([x], [1, 1, 1])
  const explanation = explainBatch(oneNeuron, parameters, pixel, { method, target: 0, range, record: true })
  tf.dispose([parameters, pixel])
  return ledgersOf(explanation, { steps: 1 })[0]!
}

describe('the ledger of one neuron, by hand,', () => {
  const nothing = { initialState: 0, biases: 0, epsilon: 0, undistributed: 0 }
  // relu(2 · 0.5 + 1) = 2 and f = 3 · 2 + 1 = 7.
  const positive: Numbers = { x: 0.5, w: 2, b: 1, v: 3, c: 1 }
  const cases: [string, Method, Numbers, InputRange | undefined, Partial<Ledger>][] = [
    // The readout's bias has 1 of 7; of the other 6 the hidden bias has 1 of 1 + (1 + 2).
    [
      'biases: positive ones as an input of 1, by deep Taylor',
      deepTaylor,
      positive,
      undefined,
      { entered: 7, steps: [4.5], biases: 1 + 1.5 },
    ],
    [
      'no biases ≤ 0 by deep Taylor',
      deepTaylor,
      { ...positive, b: -0.5, c: -1 },
      undefined,
      { entered: 0.5, steps: [0.5] },
    ],
    // 7 / 7.5, then 5.6 / 2.5.
    [
      'biases and ε by LRP-ε',
      lrpEpsilonOf(0.5),
      positive,
      undefined,
      { entered: 7, steps: [2.24], biases: 7 / 7.5 + 2.24, epsilon: 3.5 / 7.5 + 1.12 },
    ],
    // f = 3 · 2 − 8 = −2 stays as it is: −2 / −2.5, then 4.8 / 2.5.
    [
      'biases and ε of both signs by LRP-ε, which starts from f < 0 too',
      lrpEpsilonOf(0.5),
      { ...positive, c: -8 },
      undefined,
      { entered: -2, steps: [1.92], biases: -6.4 + 1.92, epsilon: -0.4 + 0.96 },
    ],
    // 3 · 2 + 3 · 2 of it for the neuron, 1 + 1 for the bias.
    [
      'biases by LRP-γ, those > 0 with γ more',
      lrpGammaOf(1),
      positive,
      undefined,
      { entered: 7, steps: [4.5], biases: 1 + 1.5 },
    ],
    // 6 + 6 of 11; the bias of −1 has −1 of it.
    [
      'biases ≤ 0 by LRP-γ too, where they speak against the neuron',
      lrpGammaOf(1),
      { ...positive, b: 0, v: 6, c: -1 },
      undefined,
      { entered: 5, steps: [5 * (12 / 11)], biases: -5 / 11 },
    ],
    // 2 · 7 by z⁺, −7 by a z⁻ of 0.
    [
      'undistributed: −β·R of a neuron without negative contributions, by LRP-α2β1',
      lrpAlpha2Beta1,
      positive,
      undefined,
      { entered: 7, steps: [9], biases: 2 + 3, undistributed: -7 },
    ],
    [
      'undistributed: what enters at a readout whose inputs are 0',
      deepTaylorGatesHalf,
      { x: 0.5, w: -2, b: 0, v: 3, c: 1 },
      undefined,
      { entered: 1, steps: [0], undistributed: 1 },
    ],
    [
      'biases: the same, where they count as inputs',
      deepTaylor,
      { x: 0.5, w: -2, b: 0, v: 3, c: 1 },
      undefined,
      { entered: 1, steps: [0], biases: 1 },
    ],
    [
      'undistributed: a neuron whose pixel lies at the bound that its weight asks for',
      deepTaylor,
      { x: 0.25, w: 2, b: 0, v: 3, c: 0 },
      { low: 0.25, high: 1 },
      { entered: 1.5, steps: [0], undistributed: 1.5 },
    ],
    ['nothing where f ≤ 0', deepTaylor, { ...positive, c: -7 }, undefined, { entered: 0, steps: [0] }],
  ]

  it.each(cases)('has %s', (_what, method, numbers, range, expected) => {
    const ledger = ledgerOfNeuron(method, numbers, range)
    const wanted = { ...nothing, ...expected }
    expect(ledger.entered).toBeCloseTo(wanted.entered!, 5)
    expect(ledger.steps[0]).toBeCloseTo(wanted.steps![0]!, 5)
    for (const sink of ['initialState', 'biases', 'epsilon', 'undistributed'] as const)
      expect(ledger[sink], sink).toBeCloseTo(wanted[sink]!, 5)
    expectAddsUp(ledger)
  })
})

/** LRP-flat: every input of a neuron contributes the same, whatever its value (Lapuschkin et al. 2019). */
const flat: Share = {
  denominator: ({ linear, x, kernel }) => linear.apply(tf.onesLike(x), tf.onesLike(kernel.whole)),
  redistribute: (s, { linear, kernel }) => linear.adjoint(s, tf.onesLike(kernel.wholeTransposed)),
}
const flatShare = { weight: 1, share: { nonnegative: flat, pixels: flat }, sign: 'positive' } as const
const lrpFlat = propagation({
  id: 'lrpFlat',
  title: 'LRP-flat',
  rule: { hidden: [flatShare], pixels: [flatShare] },
  conserves: true,
})

describe('the state before the first step', () => {
  const geometry = { rows: 2, stepColumns: 3, steps: 4, classes: 3 }

  it('receives its part by a rule that counts inputs of 0', () => {
    const [ins, units, batch] = [6, 5, 3]
    const elman: Forward = (ops, w, x) => {
      const pixels = ops.terms(frames(x, geometry), w.fromPixels as Tensor2D, 'pixels', geometry.steps)
      let h = ops.initial('hidden', batch, units, x as unknown as Tensor2D)
      for (const pixel of pixels) {
        const state = ops.term(h, w.fromState as Tensor2D, 'nonnegative')
        h = ops.relu(ops.affine('hidden', [pixel, state], w.bias as Tensor1D))
      }
      return ops.affine('readout', [ops.term(h, w.readout as Tensor2D, 'nonnegative')], w.bias3 as Tensor1D)
    }
    const w = {
      fromPixels: tf.tensor2d(randomValues(ins * units, 'pixels'), [ins, units]),
      fromState: tf.tensor2d(randomValues(units * units, 'state'), [units, units]),
      bias: tf.tensor1d(randomValues(units, 'bias')),
      readout: tf.tensor2d(randomValues(units * 3, 'readout', 0, 1), [units, 3]),
      bias3: tf.ones<tf.Rank.R1>([3]),
    }
    const x = randomSequences(batch, geometry)
    const explanation = explainBatch(elman, w, x, { method: lrpFlat, target: 'prediction', record: true })
    for (const ledger of ledgersOf(explanation, geometry)) {
      // Of each step's 11 inputs 5 are the state.
      const kept = (steps: number) => (units / (ins + units)) ** steps
      expect(ledger.entered).toBeGreaterThan(0.5)
      expect(ledger.initialState / ledger.entered).toBeCloseTo(kept(4), 5)
      for (const [step, received] of ledger.steps.entries())
        expect(received / ledger.entered).toBeCloseTo((kept(3 - step) * ins) / (ins + units), 5)
      expect([ledger.biases, ledger.epsilon, ledger.undistributed]).toEqual([0, 0, 0])
      expectAddsUp(ledger)
    }
    tf.dispose([w, x])
  })

  it('receives its part in every shipped network with one', () => {
    for (const id of ['shallow', 'deep', 'convdeep', 'r-lstm', 'conv-r-lstm']) {
      const network = randomNetwork(architecture(id))
      const [w, x] = [tensorsOf(network), randomSequences(4)]
      const explanation = explainBatch(network.forward, w, x, {
        method: lrpFlat,
        target: 'prediction',
        record: true,
      })
      const entered = ledgersOf(explanation, TINY).filter(({ entered }) => entered > 0)
      expect(entered.length).toBeGreaterThan(0)
      for (const ledger of entered) {
        expect(ledger.initialState / ledger.entered).toBeGreaterThan(0.01)
        expectAddsUp(ledger)
      }
      tf.dispose([w, x])
    }
  })
})

/** A network whose biases are all of either sign, which deep Taylor's were never meant for. */
function withFreeBiases(network: Network): Network {
  const values = Object.fromEntries(
    Object.entries(network.values).map(([name, { shape, values }]) => [
      name,
      { shape, values: name.endsWith('.bias') ? randomValues(values.length, name, -0.5, 0.5) : values },
    ]),
  )
  return { ...network, values }
}

describe.each(['shallow', 'deep', 'convdeep', 'r-lstm', 'conv-r-lstm'])(
  'biases of either sign in %s',
  (id) => {
    it.each(
      methods.filter(({ ledger }) => ledger !== undefined).map((method) => [method.id, method] as const),
    )('are in the ledger of %s, which adds up', (_name, method) => {
      const network = withFreeBiases(randomNetwork(architecture(id)))
      const [w, x] = [tensorsOf(network), randomSequences(6)]
      for (const repeated of [false, true]) {
        const options = { method, target: 'prediction', geometry: TINY, record: true, repeated } as const
        const ledgers = ledgersOf(explainBatch(network.forward, w, x, options), TINY)
        const entered = ledgers.filter(({ entered }) => entered > 0.01)
        expect(entered.length).toBeGreaterThan(0)
        for (const ledger of ledgers) expectAddsUp(ledger)
        for (const ledger of entered) {
          // Where gates have a share no bias has one, since those of gates are free.
          if (method.id.startsWith('deepTaylorGates')) expect(ledger.biases).toBe(0)
          else expect(Math.abs(ledger.biases)).toBeGreaterThan(1e-4 * ledger.entered)
        }
      }
      tf.dispose([w, x])
    })
  },
)

/** One layer input of the walk below, which keeps its kernel. */
interface OwnTerm extends Term {
  readonly x: Tensor2D
  readonly kernel: Tensor2D
}

/** LRP-ε written anew: layers share out x_i w_ij and the bias over z, and tell the recorder what the bias and ε take. */
function ownOperations(range: InputRange, recorder: Recorder | null, epsilon: number): Pass {
  const term = (x: Tensor2D, kernel: Tensor2D, domain: Term['domain']): OwnTerm => ({ domain, x, kernel })
  return {
    ...relevanceOperations(deepTaylorRule, range, recorder),
    term,
    terms: (x, kernel: Tensor2D, domain, steps) =>
      tf.split<Tensor2D>(x, steps).map((part) => term(part, kernel, domain)),
    affine(_layer, terms, bias) {
      const parts = terms as readonly OwnTerm[]
      return customGradient<Tensor2D>(
        parts.map(({ x }) => x),
        (save) => {
          const products = parts.map(({ x, kernel }) => tf.matMul(x, kernel))
          const value = tf.add(
            products.reduce((left, right) => tf.add(left, right)),
            bias,
          ) as Tensor2D
          save([value, bias, ...parts.flatMap(({ x, kernel }) => [x, kernel])])
          const backward = (relevance: Tensor2D, [z, bias, ...saved]: Tensor[]) => {
            const sign = tf.sub(tf.mul(tf.cast(tf.greaterEqual(z!, 0), 'float32'), 2), 1)
            const s = tf.div(relevance, tf.add(z!, tf.mul(sign, epsilon))) as Tensor2D
            recorder?.absorb('biases', tf.mul(s, bias!))
            recorder?.absorb('epsilon', tf.mul(s, tf.mul(sign, epsilon)))
            return parts.map((_, k) => {
              const [x, kernel] = saved.slice(2 * k, 2 * k + 2) as [Tensor2D, Tensor2D]
              return tf.mul(x, tf.matMul(s, kernel, false, true))
            })
          }
          return { value, backward }
        },
      )
    },
  }
}

describe('a walk of one’s own that sees biases', () => {
  const walk: BackwardWalk = {
    operations: (range, recorder) => ownOperations(range, recorder, 0.1),
    start: 'logit',
    finish: (signal) => tf.clone(signal),
  }
  const own = defineMethod({
    id: 'ownEpsilon',
    title: 'LRP-ε written anew',
    attribute: (explained) => explained.walk(walk),
    ledger: 'logit',
  })

  it('books what it divides out, so that its ledger adds up as that of LRP-ε does', () => {
    for (const id of ['shallow', 'deep', 'r-lstm']) {
      const network = withFreeBiases(randomNetwork(architecture(id)))
      const [w, x] = [tensorsOf(network), randomSequences(4)]
      const [mine, again, shipped] = [
        { method: own },
        { method: own, repeated: true },
        { method: lrpEpsilonOf(0.1) },
      ].map((options) =>
        ledgersOf(
          explainBatch(network.forward, w, x, { ...options, target: 'prediction', record: true }),
          TINY,
        ),
      )
      for (const [i, ledger] of [...mine!, ...again!].entries()) {
        const sequence = i % 4
        expectAddsUp(ledger)
        expect(Math.abs(ledger.biases)).toBeGreaterThan(1e-4)
        expect(Math.abs(ledger.epsilon)).toBeGreaterThan(1e-4)
        const moved = sumOf(entriesOf(ledger).map(Math.abs))
        for (const [k, entry] of entriesOf(shipped![sequence]!).entries())
          expect(Math.abs(entriesOf(ledger)[k]! - entry)).toBeLessThan(1e-4 * moved)
      }
      tf.dispose([w, x])
    }
  })

  it('that forgets to book what it divides out shows it as what is left over', () => {
    const forgetting = defineMethod({
      ...own,
      id: 'forgetting',
      attribute: (explained) =>
        explained.walk({ ...walk, operations: (range) => ownOperations(range, null, 0.1) }),
    })
    const network = withFreeBiases(randomNetwork(architecture('deep')))
    const [w, x] = [tensorsOf(network), randomSequences(4)]
    const options = { target: 'prediction', record: true } as const
    const [booked] = ledgersOf(explainBatch(network.forward, w, x, { ...options, method: own }), TINY)
    const [left] = ledgersOf(explainBatch(network.forward, w, x, { ...options, method: forgetting }), TINY)
    expect(left!.rounding).toBeCloseTo(booked!.biases + booked!.epsilon, 4)
    tf.dispose([w, x])
  })
})
