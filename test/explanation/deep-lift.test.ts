import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architectures } from '../../src/catalogue/index.js'
import { deepLift, stepSums } from '../../src/explanation/index.js'
import { rescaleOperations } from '../../src/explanation/rescale-operations.js'
import type { Pass } from '../../src/network/operations.js'
import { furtherNetworks } from '../architectures/further-networks.js'
import { TINY } from '../architectures/networks.js'
import { deviation } from '../network/tensors.js'
import { logOddsOf, small } from './small-networks.js'

// Top-level, since networks and sequences are made for several tests at once.
await useBackend()

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** The multipliers of an operation's inputs, whose first row is compared with the second. */
function multipliers(inputs: Tensor[], compute: (ops: Pass, ...inputs: Tensor[]) => Tensor): number[][] {
  const pass = rescaleOperations(null)
  const back = tf.grads((...inputs: Tensor[]) => compute(pass, ...inputs))(inputs)
  const first = back.map((part) => [...part.dataSync().slice(0, part.size / 2)].map((value) => value + 0))
  pass.dispose()
  return first
}

describe.each([...architectures, ...furtherNetworks].map((network) => [network.id, network] as const))(
  'DeepLIFT on %s',
  (_id, architecture) => {
    const { explain, logits, without, sums, pixels, shape } = small(architecture)
    const blank = () => without(() => true)

    it.each(['logit', 'logOdds'] as const)('adds up to f(x) − f(x₀) for the %s', (evidence) => {
      const { relevance, target } = explain({ method: deepLift, target: 'prediction', evidence })
      const f = (values: ArrayLike<number>) =>
        logits(values).map((row, i) => (evidence === 'logit' ? row[target[i]!]! : logOddsOf(row, target[i]!)))
      const [whole, nothing] = [f(pixels), f(blank())]
      const difference = whole.map((value, row) => value - nothing[row]!)
      expect(deviation(sums(relevance), difference)).toBeLessThan(1e-4)
      expect(Math.max(...difference.map(Math.abs))).toBeGreaterThan(0.05)
    })

    it('gives nothing to pixels that are what they are compared with', () => {
      const half = without((_row, column) => column >= shape[2] / 2)
      const { relevance } = explain({ method: deepLift, target: 1 }, half)
      const right = relevance.filter((_, i) => i % shape[2] >= shape[2] / 2)
      expect(right.every((value) => value === 0)).toBe(true)
      const [own, nothing] = [half, blank()].map((values) => logits(values).map((row) => row[1]!))
      const differs = own!.some((f, row) => Math.abs(f - nothing![row]!) > 1e-3)
      expect(relevance.some((value) => value !== 0)).toBe(differs)
    })
  },
)

describe('what DeepLIFT records', () => {
  it('at a state adds up to what the steps up to it receive', () => {
    const { explain } = small(architectures.find(({ id }) => id === 'deep')!)
    const { taps, relevance, shape } = explain({ method: deepLift, target: 1, record: true })
    const states = taps.filter(({ name, step }) => name === 'recurrent' && typeof step === 'number')
    expect(states.length).toBeGreaterThan(0)
    for (const tap of states)
      for (let row = 0; row < shape[0]; row++) {
        const [units] = [tap.shape[1]]
        const arriving = tap.relevance
          .subarray(row * units, (row + 1) * units)
          .reduce((sum, value) => sum + value, 0)
        const steps = stepSums(relevance, shape, TINY, row)
        const upTo = steps.slice(0, Number(tap.step) + 1).reduce((sum, value) => sum + value, 0)
        expect(arriving).toBeCloseTo(upTo, 4)
      }
  })
})

describe('the multiplier', () => {
  const pair = (x: readonly number[], x0: readonly number[]) => tf.tensor2d([...x, ...x0], [2, x.length])

  it.each<['relu' | 'sigmoid' | 'tanh' | 'hardSigmoid', (x: number) => number, number[]]>([
    ['relu', (x) => Math.max(0, x), [1, 0]],
    ['sigmoid', sigmoid, [sigmoid(2) * (1 - sigmoid(2)), sigmoid(-2) * (1 - sigmoid(-2))]],
    ['tanh', Math.tanh, [1 - Math.tanh(2) ** 2, 1 - Math.tanh(2) ** 2]],
    ['hardSigmoid', (x) => Math.min(1, Math.max(0, x)), [0, 0]],
  ])('of %s is Δy/Δx, and its derivative where Δx is 0', (name, of, derivatives) => {
    const [x, x0] = [
      [0.5, 2, -1, 3, 2, -2],
      [-1.5, 0.25, 0.75, -0.5, 2, -2],
    ]
    const expected = [0, 1, 2, 3].map((i) => (of(x![i]!) - of(x0![i]!)) / (x![i]! - x0![i]!))
    const [own] = multipliers([pair(x!, x0!)], (ops, x) => ops[name](x))
    expect(deviation(own!, [...expected, ...derivatives])).toBeLessThan(1e-5)
  })

  it('of gate · signal is the mean of the other factor at both ends', () => {
    const [g, s] = [pair([0.25, 1], [0.75, 0]), pair([-2, 3], [4, 1])]
    const own = multipliers([g, s], (ops, g, s) => ops.gate(g as Tensor2D, s as Tensor2D))
    expect(own).toEqual([
      [1, 2],
      [0.5, 0.5],
    ])
  })

  it('of 1 − gate is −1', () => {
    expect(multipliers([pair([0.25], [0.5])], (ops, g) => ops.complement(g as Tensor2D))).toEqual([[-1]])
  })

  it('of a maximum that rises is owed to the largest, of one that falls to what was the largest', () => {
    const rising = [1, 5, 0, 0]
    const falling = [1, 2, 0, 0]
    const rows = [rising, [3, 1, 0, 0], falling, [4, 0, 0, 0]]
    const x = tf.tensor4d(rows.flat(), [4, 2, 2, 1])
    const pass = rescaleOperations(null)
    const back = tf
      .grad((x) => pass.maxPool('pool', x as Tensor4D))(x)
      .dataSync()
    // 5 − 3 over 5 − 1; 2 − 4 over 1 − 4.
    expect([...back.slice(0, 4)].map((value) => value + 0)).toEqual([0, 0.5, 0, 0])
    expect(deviation(back.slice(8, 12), [2 / 3, 0, 0, 0])).toBeLessThan(1e-6)
  })
})
