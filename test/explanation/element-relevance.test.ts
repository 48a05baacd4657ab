import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { Recorder } from '../../src/explanation/recorder.js'
import type { Rule } from '../../src/explanation/rule.js'
import {
  alphaBetaRule,
  deepTaylorGatesRule,
  deepTaylorRule,
  epsilonRule,
  gammaRule,
} from '../../src/explanation/rules.js'
import type { Pass } from '../../src/network/operations.js'
import { pooled } from '../network/slow-linear.js'
import { deviation, random2D, random4D, SINGLE } from '../network/tensors.js'
import { propagate } from './propagate.js'
import { slowLayer, slowRules } from './slow-rules.js'

beforeAll(async () => {
  await useBackend()
})

const RANGE = { low: -1, high: 1 }
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)

const rules: [string, Rule][] = [
  ['deep Taylor', deepTaylorRule],
  ['deep Taylor, half to gates', deepTaylorGatesRule('half')],
  ['deep Taylor, gates in proportion', deepTaylorGatesRule('proportional')],
  ['deep Taylor, gates by size', deepTaylorGatesRule('absolute')],
  ['LRP-α2β1', alphaBetaRule(2, 1)],
  ['LRP-α1β0', alphaBetaRule(1, 0)],
  ['LRP-ε', epsilonRule(0.01)],
  ['LRP-γ', gammaRule(0.25)],
]

const sizes = [
  [4, 6],
  [5, 3],
  [1, 1],
  [2, 5],
] as const

type Shape4D = [number, number, number, number]
const blocksOf = (height: number, width: number): Shape4D => [
  2,
  Math.ceil(height / 2),
  Math.ceil(width / 2),
  3,
]

/** Which pixels of `[2, height, width, 3]` each block's value is made of: 1 or 0, `[pixel][block]`. */
function coverage(height: number, width: number): number[][] {
  const count = 2 * height * width * 3
  return Array.from({ length: count }, (_, i) => {
    const alone = new Float32Array(count)
    alone[i] = 1
    return pooled(alone, [2, height, width, 3]).map((part) => (part > 0 ? 1 : 0))
  })
}

describe.each(rules)('%s', (_name, rule) => {
  it.each(sizes)('of average pooling over %i×%i goes to the pixels in proportion to x', (height, width) => {
    const x = random4D([2, height, width, 3], 'x', 0, 1)
    const relevance = random4D(blocksOf(height, width), 'relevance')
    const [received] = propagate(rule, [x], relevance, (ops, x) => ops.averagePool('pool', x as Tensor4D))
    const inputs = [
      {
        x: x.dataSync<'float32'>(),
        matrix: coverage(height, width),
        domain: 'nonnegative' as const,
      },
    ]
    const blocks = new Float32Array(relevance.size)
    const expected = slowLayer(slowRules.deepTaylor, inputs, blocks, relevance.dataSync(), RANGE)
    expect(deviation(received!, expected.received[0]!)).toBeLessThan(1e-5)
  })

  it.each(sizes)(
    'of maximum pooling over %i×%i goes to the largest pixel, whatever its sign',
    (height, width) => {
      for (const [low, high] of [
        [0, 1],
        [-1, 1],
        [-2, -1],
      ] as const) {
        const x = random4D([2, height, width, 3], `x from ${low}`, low, high)
        const relevance = random4D(blocksOf(height, width), 'relevance')
        const [received] = propagate(rule, [x], relevance, (ops, x) => ops.maxPool('pool', x as Tensor4D))
        const [values, matrix] = [x.dataSync<'float32'>(), coverage(height, width)]
        const expected = new Array<number>(values.length).fill(0)
        for (const [block, r] of relevance.dataSync<'float32'>().entries()) {
          const covered = matrix.flatMap((row, i) => (row[block] === 1 ? [i] : []))
          const winner = covered.reduce((best, i) => (values[i]! > values[best]! ? i : best))
          expected[winner] = r
        }
        expect(Array.from(received!, (value) => value + 0)).toEqual(expected)
      }
    },
  )

  it('of maximum pooling goes in equal parts to pixels that are equally large', () => {
    const x = tf.tensor4d([3, 3, 1, 0, 0, 0, 2, 2, 2], [1, 3, 3, 1])
    const [received] = propagate(rule, [x], tf.tensor4d([8, 6, 5, -9], [1, 2, 2, 1]), (ops, x) =>
      ops.maxPool('pool', x as Tensor4D),
    )
    // Blocks: rows 0 and 1 with columns 0 and 1 (3 3 / 0 0), column 2 (1 / 0); row 2 with columns 0 and 1 (2 2), column 2 (2).
    expect(Array.from(received!, (value) => value + 0)).toEqual([4, 4, 6, 0, 0, 0, 2.5, 2.5, -9])
    const [silent] = propagate(rule, [tf.zeros([1, 2, 2, 1])], tf.tensor4d([1], [1, 1, 1, 1]), (ops, x) =>
      ops.maxPool('pool', x as Tensor4D),
    )
    expect([...silent!]).toEqual([0.25, 0.25, 0.25, 0.25])
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

  it('passes relu, tanh, sigmoid, 1 − gate, dropout and taps as it is', () => {
    const x = random2D([3, 4], 'x')
    const relevance = random2D([3, 4], 'relevance')
    const recorder = new Recorder((signal) => signal)
    const passes: [(ops: Pass, x: Tensor) => Tensor, (x: number) => number][] = [
      [(ops, x) => ops.relu(x), (x) => Math.max(0, x)],
      [(ops, x) => ops.tanh(x), Math.tanh],
      [(ops, x) => ops.sigmoid(x), (x) => 1 / (1 + Math.exp(-x))],
      [(ops, x) => ops.complement(x as Tensor2D), (x) => 1 - x],
      [(ops, x) => ops.keep('layer', x as Tensor2D), (x) => x],
      [(ops, x) => ops.tap('layer', 2, x as Tensor2D), (x) => x],
    ]
    for (const [pass, slow] of passes) {
      const [received] = propagate(
        rule,
        [x],
        relevance,
        (ops, x) => {
          const value = tf.clone(pass(ops, x))
          expect(deviation(value.dataSync(), Array.from(x.dataSync(), slow))).toBeLessThan(SINGLE)
          return value
        },
        { recorder },
      )
      expect(received).toEqual(relevance.dataSync())
    }
    expect(recorder.read(3).taps).toEqual([
      { name: 'layer', step: 2, shape: [3, 4], relevance: relevance.dataSync() },
    ])
  })
})

describe('a gate', () => {
  const gate = () => random2D([3, 4], 'gate', 0.1, 1)
  const [signal, relevance] = [() => random2D([3, 4], 'signal', 0, 1), () => random2D([3, 4], 'relevance')]
  const received = (rule: Rule) =>
    propagate(rule, [gate(), signal()], relevance(), (ops, gate, signal) => {
      const value = ops.gate(gate as Tensor2D, signal as Tensor2D)
      expect(deviation(value.dataSync(), tf.mul(gate, signal).dataSync())).toBeLessThan(SINGLE)
      return value
    })

  it.each(rules.filter(([, { gates }]) => gates === undefined))(
    'takes nothing by %s: all goes to the signal, and whatever made the gate gets none',
    (_name, rule) => {
      const [toSignal] = propagate(rule, [signal()], relevance(), (ops, signal) =>
        ops.gate(ops.complement(ops.sigmoid(gate())), signal as Tensor2D),
      )
      expect(toSignal).toEqual(relevance().dataSync())
      expect(() =>
        propagate(rule, [gate()], relevance(), (ops, gate) =>
          ops.gate(ops.sigmoid(gate as Tensor2D), signal()),
        ),
      ).toThrow('Cannot compute gradient')
    },
  )

  it('takes half by that share, and its sigmoid hands it on', () => {
    const half = relevance()
      .dataSync<'float32'>()
      .map((r) => r / 2)
    expect(received(deepTaylorGatesRule('half'))).toEqual([half, half])
    const [behindSigmoid] = propagate(deepTaylorGatesRule('half'), [gate()], relevance(), (ops, gate) =>
      ops.gate(ops.complement(ops.sigmoid(gate as Tensor2D)), signal()),
    )
    expect(behindSigmoid).toEqual(half)
  })

  it('takes g / (g + s) in proportion', () => {
    const [g, s, r] = [gate(), signal(), relevance()].map((tensor) => tensor.dataSync<'float32'>())
    const [toGate, toSignal] = received(deepTaylorGatesRule('proportional'))
    const share = (part: Float32Array) => Array.from(part, (v, i) => (v / (g![i]! + s![i]!)) * r![i]!)
    expect(deviation(toGate!, share(g!))).toBeLessThan(SINGLE)
    expect(deviation(toSignal!, share(s!))).toBeLessThan(SINGLE)
  })

  it('takes |g| / (|g| + |s|) by size, whatever the sign of the signal, with nothing lost', () => {
    const [g, s, r] = [0.5, 0.25, 0.75, 0, 0]
      .map((g, i) => [g, [-1.5, 0.75, 0, -2, 0][i]!, i + 1])
      .reduce((lists, row) => lists.map((list, k) => [...list, row[k]!]), [[], [], []] as number[][]) as [
      number[],
      number[],
      number[],
    ]
    const recorder = new Recorder((signal) => signal)
    const received = propagate(
      { ...epsilonRule(0.5), gates: 'absolute' },
      [tf.tensor2d(g, [1, 5]), tf.tensor2d(s, [1, 5])],
      tf.tensor2d(r, [1, 5]),
      (ops, gate, signal) => ops.gate(gate as Tensor2D, signal as Tensor2D),
      { recorder },
    )
    // 1·0.5/2 and 1·1.5/2; 2·0.25/1 and 2·0.75/1; all to the gate; all to the signal; nobody.
    expect(received.map((part) => [...part])).toEqual([
      [0.25, 0.5, 3, 0, 0],
      [0.75, 1.5, 0, 4, 0],
    ])
    expect([...recorder.read(1).absorbed.undistributed]).toEqual([5])
    expect([...recorder.read(1).absorbed.epsilon]).toEqual([0])
  })

  it('by size is in proportion where signals are ≥ 0', () => {
    const [bySize, inProportion] = (['absolute', 'proportional'] as const).map((share) =>
      received(deepTaylorGatesRule(share)),
    )
    expect(bySize).toEqual(inProportion)
  })

  it('in proportion takes all where the signal is 0, and nothing is passed on where both are', () => {
    const recorder = new Recorder((signal) => signal)
    const [toGate, toSignal] = propagate(
      deepTaylorGatesRule('proportional'),
      [tf.tensor2d([0.5, 0], [2, 1]), tf.tensor2d([0, 0], [2, 1])],
      tf.tensor2d([3, 4], [2, 1]),
      (ops, gate, signal) => ops.gate(gate as Tensor2D, signal as Tensor2D),
      { recorder },
    )
    expect([[...toGate!], [...toSignal!]]).toEqual([
      [3, 0],
      [0, 0],
    ])
    expect([...recorder.read(2).absorbed.undistributed]).toEqual([0, 4])
  })

  it('in proportion divides by ε more where a rule is for signals of either sign, and books what ε takes', () => {
    const rule: Rule = { ...epsilonRule(0.5), gates: 'proportional' }
    const recorder = new Recorder((signal) => signal)
    const [toGate, toSignal] = propagate(
      rule,
      [tf.tensor2d([0.5, 0.25], [1, 2]), tf.tensor2d([-0.75, -0.25], [1, 2])],
      tf.tensor2d([3, 1], [1, 2]),
      (ops, gate, signal) => ops.gate(gate as Tensor2D, signal as Tensor2D),
      { recorder },
    )
    // −0.25 − 0.5 and 0 + 0.5.
    expect([[...toGate!], [...toSignal!]]).toEqual([
      [-2, 0.5],
      [3, -0.5],
    ])
    expect([...recorder.read(1).absorbed.epsilon]).toEqual([2 + 1])
  })
})

describe('what may have either sign', () => {
  const EPSILON = 0.25
  const rule = epsilonRule(EPSILON)
  /** z + ε·sign z, sign 0 = +1. */
  const stabilised = (z: number) => z + (z >= 0 ? EPSILON : -EPSILON)

  it('is added up with ε: each part gets its share of the sum, and ε its own', () => {
    const [kept, added] = [random2D([3, 4], 'kept'), random2D([3, 4], 'added')]
    const relevance = random2D([3, 4], 'relevance')
    const recorder = new Recorder((signal) => signal)
    const received = propagate(
      rule,
      [kept, added],
      relevance,
      (ops, a, b) => ops.sum(a as Tensor2D, b as Tensor2D, 'signed', 'cell'),
      { recorder },
    )
    const [a, b, r] = [kept, added, relevance].map((tensor) => tensor.dataSync<'float32'>())
    const quotient = (i: number) => r![i]! / stabilised(a![i]! + b![i]!)
    const share = (part: Float32Array) => Array.from(part, (v, i) => v * quotient(i))
    expect(deviation(received[0]!, share(a!))).toBeLessThan(SINGLE)
    expect(deviation(received[1]!, share(b!))).toBeLessThan(SINGLE)
    const lost = Array.from(r!, (_, i) => quotient(i) * (stabilised(a![i]! + b![i]!) - (a![i]! + b![i]!)))
    const expected = [0, 1, 2].map((row) => sum(lost.slice(4 * row, 4 * row + 4)))
    expect(deviation(recorder.read(3).absorbed.epsilon, expected)).toBeLessThan(SINGLE)
  })

  it('cancels out in a sum, whose relevance goes to ε and to the two with opposite signs', () => {
    const recorder = new Recorder((signal) => signal)
    const received = propagate(
      rule,
      [tf.tensor2d([0.5], [1, 1]), tf.tensor2d([-0.5], [1, 1])],
      tf.tensor2d([2], [1, 1]),
      (ops, a, b) => ops.sum(a as Tensor2D, b as Tensor2D, 'signed'),
      { recorder },
    )
    expect(received.map((part) => part[0])).toEqual([4, -4])
    expect([...recorder.read(1).absorbed.epsilon]).toEqual([2])
  })

  it.each(sizes)('is averaged over %i×%i with ε added to the mean', (height, width) => {
    const x = random4D([2, height, width, 3], 'x')
    const relevance = random4D(blocksOf(height, width), 'relevance')
    const recorder = new Recorder((signal) => signal)
    const [received] = propagate(
      rule,
      [x],
      relevance,
      (ops, x) => ops.averagePool('pool', x as Tensor4D, 'signed'),
      { recorder },
    )
    const [values, matrix] = [x.dataSync<'float32'>(), coverage(height, width)]
    const means = pooled(values, [2, height, width, 3])
    const covering = means.map((_, block) => sum(matrix.map((row) => row[block]!)))
    const r = relevance.dataSync<'float32'>()
    const expected = Array.from(values, (v, i) =>
      sum(matrix[i]!.map((c, block) => (c * v * r[block]!) / covering[block]! / stabilised(means[block]!))),
    )
    expect(deviation(received!, expected)).toBeLessThan(1e-5)
    const { epsilon } = recorder.read(2).absorbed
    expect(sum(received!) + sum(epsilon)).toBeCloseTo(sum(r), 3)
    expect(epsilon.every((lost) => lost !== 0)).toBe(true)
  })

  it.each(rules.filter(([, { signedSums }]) => signedSums === undefined))(
    'is refused by %s in sums and means, by the name of the layer',
    (_name, rule) => {
      const [a, b] = [random2D([3, 4], 'a'), random2D([3, 4], 'b')]
      const message = (layer: string) =>
        `the rule is not defined for layer '${layer}', whose inputs may be negative`
      const inSum = (layer?: string) => () =>
        propagate(rule, [a, b], a, (ops, a, b) => ops.sum(a as Tensor2D, b as Tensor2D, 'signed', layer))
      expect(inSum('cell')).toThrow(message('cell'))
      expect(inSum()).toThrow(message('sum'))
      const x = random4D([1, 2, 2, 1], 'x')
      expect(() =>
        propagate(rule, [x], x, (ops, x) => ops.averagePool('pool1', x as Tensor4D, 'signed')),
      ).toThrow(message('pool1'))
    },
  )
})
