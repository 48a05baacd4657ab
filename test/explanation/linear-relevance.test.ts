import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { Recorder, sinks } from '../../src/explanation/recorder.js'
import type { Rule } from '../../src/explanation/rule.js'
import {
  alphaBetaRule,
  deepTaylorGatesRule,
  deepTaylorRule,
  deepTaylorRuleWith,
  epsilonRule,
  gammaRule,
  zeroRule,
} from '../../src/explanation/rules.js'
import type { Domain } from '../../src/network/operations.js'
import { convolutionMatrix, denseMatrix, multiplied } from '../network/slow-linear.js'
import { deviation, random1D, random2D, random4D } from '../network/tensors.js'
import { propagate } from './propagate.js'
import { type SlowResult, type SlowRule, slowLayer, slowRules } from './slow-rules.js'

beforeAll(async () => {
  await useBackend()
})

const RANGE = { low: -1, high: 1 }
const SIGNS: Readonly<Record<Domain, [number, number]>> = {
  nonnegative: [0, 1],
  pixels: [-1, 1],
  signed: [-1, 1],
}

/** Each rule with its closed form, and the kinds of input that layers of activations may have by it. */
const rules: [string, Rule, SlowRule, readonly Domain[]][] = [
  ['deep Taylor', deepTaylorRule, slowRules.deepTaylor, ['nonnegative']],
  [
    'deep Taylor with a share for gates',
    deepTaylorGatesRule('half'),
    slowRules.deepTaylorGates,
    ['nonnegative'],
  ],
  ...(['shifted', 'wSquared', 'flat'] as const).map((pixels): [string, Rule, SlowRule, readonly Domain[]] => [
    `deep Taylor, ${pixels} for pixels`,
    deepTaylorRuleWith({ pixels }),
    slowRules.deepTaylorWith(pixels),
    ['nonnegative'],
  ]),
  ['LRP-α2β1', alphaBetaRule(2, 1), slowRules.alphaBeta(2, 1), ['nonnegative', 'signed']],
  ['LRP-α1.5β0.5', alphaBetaRule(1.5, 0.5), slowRules.alphaBeta(1.5, 0.5), ['nonnegative', 'signed']],
  ['LRP-α1β0', alphaBetaRule(1, 0), slowRules.alphaBeta(1, 0), ['nonnegative', 'signed']],
  ['LRP-α3β2', alphaBetaRule(3, 2), slowRules.alphaBeta(3, 2), ['nonnegative', 'signed']],
  ['LRP-0', zeroRule, slowRules.epsilon(0), ['nonnegative', 'signed']],
  ['LRP-ε of 0.01', epsilonRule(0.01), slowRules.epsilon(0.01), ['nonnegative', 'signed']],
  ['LRP-ε of 0.5', epsilonRule(0.5), slowRules.epsilon(0.5), ['nonnegative', 'signed']],
  ['LRP-γ of 0.25', gammaRule(0.25), slowRules.gamma(0.25), ['nonnegative']],
  ['LRP-γ of 1', gammaRule(1), slowRules.gamma(1), ['nonnegative']],
]

const biases: [string, () => Tensor1D][] = [
  ['no bias', () => tf.zeros([6])],
  ['biases ≤ 0', () => random1D(6, 'bias', -1, 0)],
  ['biases of either sign', () => random1D(6, 'bias')],
  ['biases ≥ 0', () => random1D(6, 'bias', 0, 1)],
]

/**
 * Relevance in proportion to the neuron's activation, as it is behind a ReLU, and none where that is small; without that, quotients of
 * LRP-0, LRP-γ and LRP-ε would have denominators of any smallness.
 */
const SMALL = 0.05

const behindRelu = (relevance: ArrayLike<number>, preactivation: ArrayLike<number>) =>
  Array.from(relevance, (r, i) => Math.fround(r * Math.max(preactivation[i]! - SMALL, 0)))

/** Fails unless inputs and sinks received what the closed form says, of the largest size among them all. */
function expectSame(received: readonly Float32Array[], recorder: Recorder, rows: number, slow: SlowResult) {
  const { absorbed } = recorder.read(rows)
  const [own, expected] = [
    [...received.flatMap((part) => [...part]), ...sinks.flatMap((sink) => [...absorbed[sink]])],
    [...slow.received.flat(), ...sinks.flatMap((sink) => slow[sink])],
  ]
  expect(deviation(own, expected)).toBeLessThan(1e-5)
}

/** Rows of x·W + b. */
const preactivations = (
  inputs: readonly [ArrayLike<number>, ReturnType<typeof denseMatrix>][],
  b: Tensor1D,
) => {
  const products = inputs.map(([x, matrix]) => multiplied(x, matrix))
  const bias = b.dataSync()
  return products[0]!.map((_, i) =>
    products.reduce((sum, product) => sum + product[i]!, bias[i % bias.length]!),
  )
}

describe.each(rules)('%s', (_name, rule, slow, domains) => {
  const ofX = () => random2D([4, 6], 'kernel')
  const ofState = () => random2D([3, 6], 'ofState')
  const matrixOfX = () => denseMatrix(ofX().dataSync(), [4, 6])
  const matrixOfState = () => denseMatrix(ofState().dataSync(), [3, 6])

  describe.each(biases)('with %s', (_what, bias) => {
    it.each([...domains, 'pixels'] as const)(
      'of a dense layer of %s is what its matrix written out gives',
      (domain) => {
        const x = random2D([5, 4], 'x', ...SIGNS[domain])
        const values = x.dataSync<'float32'>()
        const relevance = behindRelu(
          random2D([5, 6], 'relevance').dataSync(),
          preactivations([[values, matrixOfX()]], bias()),
        )
        const recorder = new Recorder((signal) => signal)
        const received = propagate(
          rule,
          [x],
          tf.tensor2d(relevance, [5, 6]),
          (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, ofX(), domain)], bias()),
          { recorder },
        )
        const inputs = [{ x: values, matrix: matrixOfX(), domain }]
        expectSame(received, recorder, 5, slowLayer(slow, inputs, bias().dataSync(), relevance, RANGE))
      },
    )

    it.each([...domains.map((domain) => [domain, domain] as const), ['pixels', domains[0]!] as const])(
      'of a layer that reads %s and a state that is %s has one denominator for both',
      (ofX0, ofState0) => {
        const [x, state] = [
          random2D([5, 4], 'x', ...SIGNS[ofX0]),
          random2D([5, 3], 'state', ...SIGNS[ofState0]),
        ]
        const [values, states] = [x.dataSync<'float32'>(), state.dataSync<'float32'>()]
        const relevance = behindRelu(
          random2D([5, 6], 'relevance').dataSync(),
          preactivations(
            [
              [values, matrixOfX()],
              [states, matrixOfState()],
            ],
            bias(),
          ),
        )
        const recorder = new Recorder((signal) => signal)
        const received = propagate(
          rule,
          [x, state],
          tf.tensor2d(relevance, [5, 6]),
          (ops, x, state) =>
            ops.affine(
              'layer',
              [ops.term(x as Tensor2D, ofX(), ofX0), ops.term(state as Tensor2D, ofState(), ofState0)],
              bias(),
            ),
          { recorder },
        )
        const inputs = [
          { x: values, matrix: matrixOfX(), domain: ofX0 },
          { x: states, matrix: matrixOfState(), domain: ofState0 },
        ]
        expectSame(received, recorder, 5, slowLayer(slow, inputs, bias().dataSync(), relevance, RANGE))
      },
    )

    it.each([...domains, 'pixels'] as const)(
      'of a convolution of %s is what its matrix written out gives',
      (domain) => {
        const ins = domain === 'pixels' ? 1 : 2
        const shape = [3, 3, ins, 6] as const
        const x = random4D([2, 5, 3, ins], 'x', ...SIGNS[domain])
        const kernel = random4D([...shape], 'kernel')
        const matrix = convolutionMatrix(kernel.dataSync(), shape, 5, 3)
        const values = x.dataSync<'float32'>()
        const everywhere = Array.from({ length: 15 }, () => [...bias().dataSync()]).flat()
        const relevance = behindRelu(
          random4D([2, 5, 3, 6], 'relevance').dataSync(),
          multiplied(values, matrix).map((value, i) => value + everywhere[i % everywhere.length]!),
        )
        const recorder = new Recorder((signal) => signal)
        const received = propagate(
          rule,
          [x],
          tf.tensor4d(relevance, [2, 5, 3, 6]),
          (ops, x) => ops.conv2d('conv', x as Tensor4D, kernel, bias(), domain),
          { recorder },
        )
        const inputs = [{ x: values, matrix, domain }]
        expectSame(received, recorder, 2, slowLayer(slow, inputs, everywhere, relevance, RANGE))
      },
    )
  })

  it('of a layer that reads pixels uses their range', () => {
    for (const range of [RANGE, { low: -0.5, high: 2 }, { low: 0, high: 1 }]) {
      const pixels = random2D([5, 4], 'pixels', range.low, range.high)
      const values = pixels.dataSync<'float32'>()
      const relevance = behindRelu(
        random2D([5, 6], 'relevance').dataSync(),
        preactivations([[values, matrixOfX()]], tf.zeros([6])),
      )
      const recorder = new Recorder((signal) => signal)
      const received = propagate(
        rule,
        [pixels],
        tf.tensor2d(relevance, [5, 6]),
        (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, ofX(), 'pixels')], tf.zeros([6])),
        { range, recorder },
      )
      const inputs = [{ x: values, matrix: matrixOfX(), domain: 'pixels' as const }]
      expectSame(received, recorder, 5, slowLayer(slow, inputs, new Float32Array(6), relevance, range))
    }
  })

  it('is the same for an input multiplied at all steps at once, and for one layer that reads all steps', () => {
    const all = random2D([15, 4], 'all', 0, 1)
    const bias = random1D(6, 'bias')
    const run = (atOnce: boolean, read: 'one by one' | 'together') => {
      const rows = read === 'together' ? 5 : 15
      // Negative relevance would need pre-activations above 0, which are not the same for both ways of reading.
      const relevance = tf.relu(random2D([rows, 6], 'relevance'))
      const recorder = new Recorder((signal) => signal)
      const [received] = propagate(
        rule,
        [all],
        relevance,
        (ops, all) => {
          const kernel = tf.abs(ofX()) as Tensor2D
          const terms = atOnce
            ? ops.terms(all as Tensor2D, kernel, 'nonnegative', 3)
            : tf.split<Tensor2D>(all as Tensor2D, 3).map((x) => ops.term(x, kernel, 'nonnegative'))
          return read === 'together'
            ? ops.affine('layer', terms, tf.relu(bias))
            : tf.concat(terms.map((term) => ops.affine('layer', [term], tf.relu(bias))))
        },
        { recorder },
      )
      const { absorbed } = recorder.read(5)
      return [...received!, ...sinks.flatMap((sink) => [...absorbed[sink]])]
    }
    for (const read of ['one by one', 'together'] as const)
      expect(deviation(run(true, read), run(false, read)), read).toBeLessThan(1e-5)
  })

  it('of one kernel at three steps that one layer reads is that of the three matrices beside each other', () => {
    const all = random2D([15, 4], 'all', 0, 1)
    const values = all.dataSync<'float32'>()
    const steps = [0, 1, 2].map((step) => values.subarray(step * 20, step * 20 + 20))
    const bias = random1D(6, 'bias')
    const relevance = behindRelu(
      random2D([5, 6], 'relevance').dataSync(),
      preactivations(
        steps.map((x) => [x, matrixOfX()]),
        bias,
      ),
    )
    const recorder = new Recorder((signal) => signal)
    const [received] = propagate(
      rule,
      [all],
      tf.tensor2d(relevance, [5, 6]),
      (ops, all) => ops.affine('layer', ops.terms(all as Tensor2D, ofX(), 'nonnegative', 3), bias),
      { recorder },
    )
    const inputs = steps.map((x) => ({ x, matrix: matrixOfX(), domain: 'nonnegative' as const }))
    const expected = slowLayer(slow, inputs, bias.dataSync(), relevance, RANGE)
    expectSame([received!], recorder, 5, { ...expected, received: [expected.received.flat()] })
  })

  it('of an input that two layers read, one of them beside pixels, is each layer’s own', () => {
    const [x, pixels] = [random2D([5, 4], 'x', 0, 1), random2D([5, 3], 'pixels')]
    const zeros = tf.zeros<tf.Rank.R1>([6])
    const relevance = tf.relu(random2D([10, 6], 'relevance')) as Tensor2D
    const [ofPixels, kernel] = [tf.abs(ofState()) as Tensor2D, tf.abs(ofX()) as Tensor2D]
    const run = (shared: boolean) =>
      propagate(rule, [x, pixels], relevance, (ops, x, pixels) => {
        const term = () => ops.term(x as Tensor2D, kernel, 'nonnegative')
        const [first, second] = shared ? new Array(2).fill(term()) : [term(), term()]
        const beside = ops.term(pixels as Tensor2D, ofPixels, 'pixels')
        return tf.concat([
          ops.affine('beside pixels', [beside, first], zeros),
          ops.affine('alone', [second], zeros),
        ])
      })
    const [together, apart] = [run(true), run(false)]
    for (const [k, part] of together.entries()) expect(deviation(part, apart[k]!)).toBeLessThan(1e-5)
  })

  it('adds up: what inputs and sinks receive is what the neurons had', () => {
    const x = random2D([5, 4], 'x', 0, 1)
    const bias = random1D(6, 'bias')
    const relevance = behindRelu(
      random2D([5, 6], 'relevance').dataSync(),
      preactivations([[x.dataSync(), matrixOfX()]], bias),
    )
    const recorder = new Recorder((signal) => signal)
    const [received] = propagate(
      rule,
      [x],
      tf.tensor2d(relevance, [5, 6]),
      (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, ofX(), 'nonnegative')], bias),
      { recorder },
    )
    const { absorbed } = recorder.read(5)
    const sumOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0)
    const moved = received!.reduce((sum, value) => sum + Math.abs(value), 0)
    const arrived = sumOf(received!) + sinks.reduce((sum, sink) => sum + sumOf(absorbed[sink]), 0)
    expect(Math.abs(arrived - sumOf(relevance))).toBeLessThan(1e-5 * moved)
  })
})
