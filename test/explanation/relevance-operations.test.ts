import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { Recorder } from '../../src/explanation/recorder.js'
import type { Rule } from '../../src/explanation/rule.js'
import { alphaBetaRule, deepTaylorRule } from '../../src/explanation/rules.js'
import type { Pass } from '../../src/network/operations.js'
import { convolutionMatrix, denseMatrix, pooled } from '../network/slow-linear.js'
import { deviation, random1D, random2D, random4D, SINGLE } from '../network/tensors.js'
import { propagate } from './propagate.js'
import { contributions, type SlowInput, slowRule } from './slow-rules.js'

beforeAll(async () => {
  await useBackend()
})

const { zPlus, zMinus, zBounded } = contributions
const RANGE = { low: -1, high: 1 }
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)

/** α·z⁺ − β·z⁻ by the slow rule, of layers that read activations only. */
function slowAlphaBeta(
  inputs: readonly Omit<SlowInput, 'contribution'>[],
  relevance: ArrayLike<number>,
  alpha: number,
  beta: number,
): number[][] {
  const share = (contribution: SlowInput['contribution'], weight: number) =>
    slowRule(
      inputs.map((input) => ({ ...input, contribution })),
      relevance,
      RANGE,
      weight,
    )
  const [positive, negative] = [share(zPlus, alpha), share(zMinus, -beta)]
  return positive.map((part, k) => part.map((value, i) => value + negative[k]![i]!))
}

const rules: [string, Rule, number, number][] = [
  ['deep Taylor', deepTaylorRule, 1, 0],
  ['LRP-α2β1', alphaBetaRule(2, 1), 2, 1],
  ['LRP-α1.5β0.5', alphaBetaRule(1.5, 0.5), 1.5, 0.5],
  ['LRP-α1β0', alphaBetaRule(1, 0), 1, 0],
]

describe.each(rules)('%s', (_name, rule, alpha, beta) => {
  const [x, kernel] = [() => random2D([5, 4], 'x', 0, 1), () => random2D([4, 6], 'kernel')]
  const [state, ofState] = [() => random2D([5, 3], 'state', 0, 1), () => random2D([3, 6], 'ofState')]
  const relevance = () => random2D([5, 6], 'relevance')

  it('of a dense layer is what its matrix written out gives, whatever the bias', () => {
    for (const bias of [tf.zeros<tf.Rank.R1>([6]), random1D(6, 'bias', -3, 0)]) {
      const [received] = propagate(rule, [x()], relevance(), (ops, x) =>
        ops.affine('layer', [ops.term(x as Tensor2D, kernel(), 'nonnegative')], bias),
      )
      const inputs = [{ x: x().dataSync<'float32'>(), matrix: denseMatrix(kernel().dataSync(), [4, 6]) }]
      const [expected] = slowAlphaBeta(inputs, relevance().dataSync(), alpha, beta)
      expect(deviation(received!, expected!)).toBeLessThan(1e-5)
    }
  })

  it('of a layer with two inputs has one denominator for both', () => {
    const received = propagate(rule, [x(), state()], relevance(), (ops, x, state) =>
      ops.affine(
        'layer',
        [
          ops.term(x as Tensor2D, kernel(), 'nonnegative'),
          ops.term(state as Tensor2D, ofState(), 'nonnegative'),
        ],
        tf.zeros([6]),
      ),
    )
    const inputs = [
      { x: x().dataSync<'float32'>(), matrix: denseMatrix(kernel().dataSync(), [4, 6]) },
      { x: state().dataSync<'float32'>(), matrix: denseMatrix(ofState().dataSync(), [3, 6]) },
    ]
    const expected = slowAlphaBeta(inputs, relevance().dataSync(), alpha, beta)
    for (const [k, part] of received.entries()) expect(deviation(part, expected[k]!)).toBeLessThan(1e-5)
  })

  it('of a layer that reads pixels is z^B', () => {
    for (const range of [RANGE, { low: -0.5, high: 2 }]) {
      const pixels = random2D([5, 4], 'pixels', range.low, range.high)
      const [received] = propagate(
        rule,
        [pixels],
        relevance(),
        (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, kernel(), 'pixels')], tf.zeros([6])),
        { range },
      )
      const matrix = denseMatrix(kernel().dataSync(), [4, 6])
      const input = { x: pixels.dataSync<'float32'>(), matrix, contribution: zBounded }
      expect(deviation(received!, slowRule([input], relevance().dataSync(), range)[0]!)).toBeLessThan(1e-5)
    }
  })

  it('of a layer that reads pixels and a state is z^B for the ones and z⁺ for the other over one denominator', () => {
    const pixels = random2D([5, 4], 'pixels')
    const received = propagate(rule, [pixels, state()], relevance(), (ops, x, state) =>
      ops.affine(
        'layer',
        [ops.term(x as Tensor2D, kernel(), 'pixels'), ops.term(state as Tensor2D, ofState(), 'nonnegative')],
        tf.zeros([6]),
      ),
    )
    const expected = slowRule(
      [
        {
          x: pixels.dataSync<'float32'>(),
          matrix: denseMatrix(kernel().dataSync(), [4, 6]),
          contribution: zBounded,
        },
        {
          x: state().dataSync<'float32'>(),
          matrix: denseMatrix(ofState().dataSync(), [3, 6]),
          contribution: zPlus,
        },
      ],
      relevance().dataSync(),
      RANGE,
    )
    for (const [k, part] of received.entries()) expect(deviation(part, expected[k]!)).toBeLessThan(1e-5)
    expect(sum(received[0]!) + sum(received[1]!)).toBeCloseTo(sum(relevance().dataSync()), 4)
  })

  it('is the same for an input multiplied at all steps at once', () => {
    const all = random2D([15, 4], 'all', 0, 1)
    const states = [0, 1, 2].map((t) => random2D([5, 3], `state ${t}`, 0, 1))
    const run = (atOnce: boolean) =>
      propagate(rule, [all, ...states], random2D([15, 6], 'relevance'), (ops, all, ...states) => {
        const terms = atOnce
          ? ops.terms(all as Tensor2D, kernel(), 'nonnegative', 3)
          : tf.split<Tensor2D>(all as Tensor2D, 3).map((x) => ops.term(x, kernel(), 'nonnegative'))
        const shared = ofState()
        return tf.concat(
          terms.map((term, t) =>
            ops.affine(
              'layer',
              [term, ops.term(states[t] as Tensor2D, shared, 'nonnegative')],
              tf.zeros([6]),
            ),
          ),
        )
      })
    const [together, apart] = [run(true), run(false)]
    for (const [k, part] of together.entries()) expect(deviation(part, apart[k]!)).toBeLessThan(1e-5)
  })

  it.each(['nonnegative', 'pixels'] as const)(
    'of a convolution of %s is what its matrix written out gives',
    (domain) => {
      const ins = domain === 'pixels' ? 1 : 2
      const low = domain === 'pixels' ? -1 : 0
      const [x, kernel] = [random4D([2, 5, 3, ins], 'x', low, 1), random4D([3, 3, ins, 2], 'kernel')]
      const relevance = random4D([2, 5, 3, 2], 'relevance')
      const [received] = propagate(rule, [x], relevance, (ops, x) =>
        ops.conv2d('conv', x as Tensor4D, kernel, random1D(2, 'bias', -1, 0), domain),
      )
      const matrix = convolutionMatrix(kernel.dataSync(), [3, 3, ins, 2], 5, 3)
      const input = { x: x.dataSync<'float32'>(), matrix }
      const expected =
        domain === 'pixels'
          ? slowRule([{ ...input, contribution: zBounded }], relevance.dataSync(), RANGE)
          : slowAlphaBeta([input], relevance.dataSync(), alpha, beta)
      expect(deviation(received!, expected[0]!)).toBeLessThan(1e-5)
    },
  )

  it.each([
    [4, 6],
    [5, 3],
    [1, 1],
  ])('of average pooling over %i×%i goes to the pixels in proportion to x', (height, width) => {
    const x = random4D([2, height, width, 3], 'x', 0, 1)
    const blocks: [number, number, number, number] = [2, Math.ceil(height / 2), Math.ceil(width / 2), 3]
    const relevance = random4D(blocks, 'relevance')
    const [received] = propagate(rule, [x], relevance, (ops, x) => ops.averagePool('pool', x as Tensor4D))
    const values = x.dataSync<'float32'>()
    // n_ij = x_i where block j covers pixel i.
    const column = (i: number) =>
      pooled(
        Float32Array.from(values, (_, k) => (k === i ? 1 : 0)),
        [2, height, width, 3],
      )
    const matrix = Array.from(values, (_, i) => column(i).map((part) => (part > 0 ? 1 : 0)))
    const expected = slowRule([{ x: values, matrix, contribution: zPlus }], relevance.dataSync(), RANGE)
    expect(deviation(received!, expected[0]!)).toBeLessThan(1e-5)
  })

  it('of c = kept + added goes to the two in proportion to their values', () => {
    const [kept, added] = [random2D([3, 4], 'kept', 0, 1), random2D([3, 4], 'added', 0, 1)]
    const relevance = random2D([3, 4], 'relevance')
    const received = propagate(rule, [kept, added], relevance, (ops, a, b) =>
      ops.sum(a as Tensor2D, b as Tensor2D),
    )
    const [a, b, r] = [kept, added, relevance].map((tensor) => tensor.dataSync<'float32'>())
    const share = (part: Float32Array) => Array.from(part, (v, i) => (v / (a![i]! + b![i]!)) * r![i]!)
    expect(deviation(received[0]!, share(a!))).toBeLessThan(SINGLE)
    expect(deviation(received[1]!, share(b!))).toBeLessThan(SINGLE)
  })

  it('of a gated signal goes to the signal whole; the gate, and whatever made it, gets none', () => {
    const [gate, signal] = [random2D([3, 4], 'gate', 0, 1), random2D([3, 4], 'signal')]
    const relevance = random2D([3, 4], 'relevance')
    const [received] = propagate(rule, [signal], relevance, (ops, signal) => {
      const value = ops.gate(ops.sigmoid(gate), signal as Tensor2D)
      const expected = gate.dataSync<'float32'>().map((g, i) => signal.dataSync()[i]! / (1 + Math.exp(-g)))
      expect(deviation(value.dataSync(), expected)).toBeLessThan(SINGLE)
      return value
    })
    expect(received).toEqual(relevance.dataSync())
    expect(() =>
      propagate(rule, [gate], relevance, (ops, gate) => ops.gate(ops.sigmoid(gate as Tensor2D), signal)),
    ).toThrow('Cannot compute gradient')
  })

  it('passes relu, dropout and taps as it is', () => {
    const x = random2D([3, 4], 'x')
    const relevance = random2D([3, 4], 'relevance')
    const recorder = new Recorder((signal) => signal)
    for (const pass of [
      (ops: Pass, x: Tensor) => ops.relu(x),
      (ops: Pass, x: Tensor) => ops.keep('layer', x as Tensor2D),
      (ops: Pass, x: Tensor) => ops.tap('layer', 2, x as Tensor2D),
    ]) {
      const [received] = propagate(rule, [x], relevance, (ops, x) => tf.clone(pass(ops, x)), { recorder })
      expect(received).toEqual(relevance.dataSync())
    }
    expect(recorder.read(3).taps).toEqual([
      { name: 'layer', step: 2, shape: [3, 4], relevance: relevance.dataSync() },
    ])
  })

  it('is conserved in layers whose neurons have inputs of both signs', () => {
    const signs = tf.tensor2d([1, -1, 1, -1, -1, 1, -1, 1], [4, 2])
    const relevance = random2D([5, 2], 'relevance', 0, 1)
    const [received] = propagate(rule, [x()], relevance, (ops, x) =>
      ops.affine('layer', [ops.term(x as Tensor2D, signs, 'nonnegative')], tf.tensor1d([-1, -2])),
    )
    for (let row = 0; row < 5; row++) {
      expect(sum(received!.subarray(4 * row, 4 * row + 4))).toBeCloseTo(
        sum(relevance.dataSync().subarray(2 * row, 2 * row + 2)),
        5,
      )
    }
  })
})

describe('a neuron whose denominator is 0', () => {
  const kernel = () => tf.tensor2d([1, -1, 0, 2, -3, 0], [2, 3])

  it('distributes nothing, and the recorder of each sequence is told', () => {
    // Rows of two steps for two sequences; sequence 1 is silent in both.
    const x = tf.tensor2d([1, 2, 0, 0, 3, 1, 0, 0], [4, 2])
    const relevance = tf.tensor2d([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048], [4, 3])
    const recorder = new Recorder((signal) => signal)
    const [received] = propagate(
      deepTaylorRule,
      [x],
      relevance,
      (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, kernel(), 'nonnegative')], tf.zeros([3])),
      { recorder },
    )
    // Only neuron 0 has a positive weight: w⁺ = 1 and 2.
    expect([...received!]).toEqual([1 / 5, 4 / 5, 0, 0, (3 / 5) * 64, (2 / 5) * 64, 0, 0].map(Math.fround))
    expect([...recorder.read(2).absorbed.undistributed]).toEqual([
      2 + 4 + 128 + 256,
      8 + 16 + 32 + 512 + 1024 + 2048,
    ])
    expect([...recorder.read(2).absorbed.biases]).toEqual([0, 0])
  })

  it('of one sign keeps its share of LRP-αβ, so that the ledger still adds up', () => {
    const x = tf.tensor2d([1, 1], [1, 2])
    const relevance = tf.tensor2d([1, 10, 100], [1, 3])
    const recorder = new Recorder((signal) => signal)
    const [received] = propagate(
      alphaBetaRule(2, 1),
      [x],
      relevance,
      (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, kernel(), 'nonnegative')], tf.zeros([3])),
      { recorder },
    )
    // Neuron 0 has no negative input and gives 2·R, neuron 1 no positive one and gives −R, neuron 2 gives nothing.
    expect(sum(received!)).toBeCloseTo(2 - 10, 5)
    expect(recorder.read(1).absorbed.undistributed[0]).toBeCloseTo(-1 + 20 + 100, 5)
  })

  it('is not one that is only small: relevance is passed on for denominators of any size', () => {
    for (const tiny of [1e-3, 1e-7, 1e-12, 1e-30]) {
      const x = tf.tensor2d([tiny, 3 * tiny], [1, 2])
      const [received] = propagate(deepTaylorRule, [x], tf.tensor2d([4], [1, 1]), (ops, x) =>
        ops.affine('layer', [ops.term(x as Tensor2D, tf.ones([2, 1]), 'nonnegative')], tf.zeros([1])),
      )
      expect(deviation(received!, [1, 3])).toBeLessThan(SINGLE)
    }
  })

  it('distributes nothing in z^B, where every pixel lies at the bound that its weight asks for', () => {
    const x = tf.tensor2d([-1, 1], [1, 2])
    const [received] = propagate(deepTaylorRule, [x], tf.ones([1, 1]), (ops, x) =>
      ops.affine(
        'layer',
        [ops.term(x as Tensor2D, tf.tensor2d([0.5, -0.25], [2, 1]), 'pixels')],
        tf.zeros([1]),
      ),
    )
    expect(Array.from(received!, Math.abs)).toEqual([0, 0])
  })

  it('in pooling and in a sum distributes nothing either', () => {
    const recorder = new Recorder((signal) => signal)
    const images = tf.tensor4d([0, 0, 0, 0, 1, 3, 0, 0], [2, 2, 2, 1])
    const [pooled] = propagate(
      deepTaylorRule,
      [images],
      tf.tensor4d([5, 8], [2, 1, 1, 1]),
      (ops, x) => ops.averagePool('pool', x as Tensor4D),
      { recorder },
    )
    expect([...pooled!]).toEqual([0, 0, 0, 0, 2, 6, 0, 0])
    const [kept, added] = [tf.tensor2d([0, 1], [2, 1]), tf.tensor2d([0, 3], [2, 1])]
    const [left, right] = propagate(
      deepTaylorRule,
      [kept, added],
      tf.tensor2d([7, 4], [2, 1]),
      (ops, a, b) => ops.sum(a as Tensor2D, b as Tensor2D),
      { recorder },
    )
    expect([[...left!], [...right!]]).toEqual([
      [0, 1],
      [0, 3],
    ])
    expect([...recorder.read(2).absorbed.undistributed]).toEqual([12, 0])
  })

  it('is told of under the right sequence when a layer is computed in parts', () => {
    const recorder = new Recorder((signal) => signal)
    const images = tf.zeros<tf.Rank.R4>([4, 1, 1, 1])
    const kernel = tf.ones<tf.Rank.R4>([1, 1, 1, 1])
    const relevance = tf.tensor4d([1, 10, 100, 1000], [4, 1, 1, 1])
    const inParts = (compute: (ops: Pass, part: Tensor4D) => Tensor4D) =>
      propagate(
        deepTaylorRule,
        [images],
        relevance,
        (ops, x) => tf.concat(tf.split<Tensor4D>(x as Tensor4D, [3, 1]).map((part) => compute(ops, part))),
        { recorder },
      )
    inParts((ops, part) => ops.conv2d('conv', part, kernel, tf.zeros([1]) as Tensor1D, 'nonnegative'))
    expect([...recorder.read(2).absorbed.undistributed]).toEqual([101, 1010])
    inParts((ops, part) => ops.averagePool('pool', part))
    expect([...recorder.read(2).absorbed.undistributed]).toEqual([202, 2020])
  })
})

describe('α and β', () => {
  it.each([
    [2, 0],
    [0.5, -0.5],
    [Number.NaN, 1],
    [1, 1],
  ])('of %s and %s are refused', (alpha, beta) => {
    expect(() => alphaBetaRule(alpha, beta)).toThrow(
      `α = ${alpha} and β = ${beta}; α must be at least 1 and α − β must be 1`,
    )
  })
})
