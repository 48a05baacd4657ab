import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { Recorder } from '../../src/explanation/recorder.js'
import { relevanceOperations } from '../../src/explanation/relevance-operations.js'
import type { Rule } from '../../src/explanation/rule.js'
import {
  alphaBetaRule,
  deepTaylorGatesRule,
  deepTaylorRule,
  epsilonRule,
  gammaRule,
} from '../../src/explanation/rules.js'
import type { Domain, Pass } from '../../src/network/operations.js'
import { deviation, random2D, random4D, SINGLE } from '../network/tensors.js'
import { propagate } from './propagate.js'

beforeAll(async () => {
  await useBackend()
})

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)

const rules: [string, Rule][] = [
  ['deep Taylor', deepTaylorRule],
  ['LRP-α2β1', alphaBetaRule(2, 1)],
  ['LRP-α1.5β0.5', alphaBetaRule(1.5, 0.5)],
  ['LRP-α1β0', alphaBetaRule(1, 0)],
]

describe.each(rules)('%s', (_name, rule) => {
  it('is conserved in layers whose neurons have inputs of both signs', () => {
    const signs = tf.tensor2d([1, -1, 1, -1, -1, 1, -1, 1], [4, 2])
    const relevance = random2D([5, 2], 'relevance', 0, 1)
    const [received] = propagate(rule, [random2D([5, 4], 'x', 0, 1)], relevance, (ops, x) =>
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

  it('is not far from one that is all but 0: what is passed on and what is kept add up', () => {
    for (const [rule, sign] of [
      [deepTaylorRule, 1],
      [alphaBetaRule(2, 1), -1],
    ] as const) {
      for (const tiny of [1e-45, 1e-38, 1e-32, 0.3e-30, 0.999e-30, 1.001e-30, 1.5e-30, 1e-29]) {
        const recorder = new Recorder((signal) => signal)
        const kernel = tf.tensor2d([sign, sign], [2, 1])
        const [received] = propagate(
          rule,
          [tf.tensor2d([tiny, 0], [1, 2])],
          tf.tensor2d([4], [1, 1]),
          (ops, x) => ops.affine('layer', [ops.term(x as Tensor2D, kernel, 'nonnegative')], tf.zeros([1])),
          { recorder },
        )
        expect(received!.every(Number.isFinite)).toBe(true)
        expect(sum(received!) + recorder.read(1).absorbed.undistributed[0]!).toBeCloseTo(4, 5)
      }
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

describe('a rule', () => {
  it.each([
    [2, 0],
    [0.5, -0.5],
    [Number.NaN, 1],
    [1, 1],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('of α = %s and β = %s is refused', (alpha, beta) => {
    expect(() => alphaBetaRule(alpha, beta)).toThrow(
      `α = ${alpha} and β = ${beta}; α must be at least 1 and α − β must be 1`,
    )
  })

  it.each([0, -0.01, Number.NaN, Number.POSITIVE_INFINITY, 1e-46])('of ε = %s is refused', (epsilon) => {
    expect(() => epsilonRule(epsilon)).toThrow(`ε = ${epsilon}; it must be`)
  })

  it.each([-0.25, Number.NaN, Number.POSITIVE_INFINITY])('of γ = %s is refused', (gamma) => {
    expect(() => gammaRule(gamma)).toThrow(`γ = ${gamma}; it must be`)
  })

  const refusals: [string, Rule, readonly Domain[], string][] = [
    ['deep Taylor', deepTaylorRule, ['signed'], 'may be negative'],
    ['deep Taylor', deepTaylorRule, ['nonnegative', 'signed'], 'may be negative'],
    ['deep Taylor', deepTaylorRule, ['pixels', 'signed'], 'may be negative'],
    ['deep Taylor, half to gates', deepTaylorGatesRule('half'), ['signed'], 'may be negative'],
    ['LRP-α2β1', alphaBetaRule(2, 1), ['pixels', 'signed'], 'may be negative'],
    ['LRP-γ', gammaRule(0.25), ['signed'], 'may be negative'],
    ['LRP-γ', gammaRule(0.25), ['pixels', 'signed'], 'may be negative'],
    ['a rule of one’s own', { hidden: [], pixels: deepTaylorRule.hidden }, ['pixels'], 'are pixels'],
    [
      'a rule of one’s own',
      { hidden: [{ weight: 1, sign: 'positive', share: {} }], pixels: [] },
      ['nonnegative'],
      'are activations',
    ],
  ]
  it.each(refusals)('%s refuses a layer by its name', (_name, rule, domains, what) => {
    const x = random2D([2, 3], 'x', 0, 1)
    const kernel = random2D([3, 4], 'kernel')
    const pass = relevanceOperations(rule, { low: -1, high: 1 }, null, 'My method')
    const terms = domains.map((domain) => pass.term(x, kernel, domain))
    expect(() => tf.tidy(() => pass.affine('third', terms, tf.zeros([4])))).toThrow(
      `My method is not defined for layer 'third', whose inputs ${what}`,
    )
    pass.dispose()
    if (domains.length > 1) return
    const images = random4D([1, 3, 3, 1], 'images', 0, 1)
    const convolution = relevanceOperations(rule, { low: -1, high: 1 }, null, 'My method')
    expect(() =>
      tf.tidy(() =>
        convolution.conv2d('first', images, random4D([3, 3, 1, 2], 'k'), tf.zeros([2]), domains[0]!),
      ),
    ).toThrow(`My method is not defined for layer 'first', whose inputs ${what}`)
    convolution.dispose()
  })
})
