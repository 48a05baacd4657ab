import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/backend/use-backend.js'
import { type Computation, runCompiled, runOneByOne } from '../../../src/network/execution.js'
import { deviation, randomValues } from '../../network/tensors.js'

beforeAll(async () => {
  await useBackend()
})

const ROWS = Float32Array.of(-1.5, 0, 3, 0.5, -0.25, 0)
const OTHERS = Float32Array.of(1, -1, 0, 2, 0, -3)
const ROW = Float32Array.of(0.5, 0, -2)

type Compute = (x: Tensor, y: Tensor, row: Tensor) => Tensor

/** What a method of one's own may write, near what is simplified in a graph. */
const written: [string, Compute][] = [
  ['2 · sign(relu(x))', (x) => tf.mul(2, tf.sign(tf.relu(x)))],
  ['sign(relu(x)) · 2', (x) => tf.mul(tf.sign(tf.relu(x)), 2)],
  ['y · sign(relu(x))', (x, y) => tf.mul(y, tf.sign(tf.relu(x)))],
  ['row · sign(relu(x))', (x, _y, row) => tf.mul(row, tf.sign(tf.relu(x)))],
  ['x · sign(relu(row))', (x, _y, row) => tf.mul(x, tf.sign(tf.relu(row)))],
  ['y · sign(x), which may be −y', (x, y) => tf.mul(y, tf.sign(x))],
  ['y · σ(1 − σ)', (x, y) => tf.mul(y, tf.mul(tf.sigmoid(x), tf.sub(1, tf.sigmoid(x))))],
  ['2 · σ(1 − σ)', (x) => tf.mul(2, tf.mul(tf.sigmoid(x), tf.sub(1, tf.sigmoid(x))))],
  ['y · σ(2 − σ)', (x, y) => tf.mul(y, tf.mul(tf.sigmoid(x), tf.sub(2, tf.sigmoid(x))))],
  ['σ(row)(1 − σ(row)) · x', (x, _y, row) => tf.mul(x, tf.mul(tf.sigmoid(row), tf.sub(1, tf.sigmoid(row))))],
  ['y / (x + (1 − sign|x|)) with zeros', (x, y) => tf.div(y, tf.add(x, tf.sub(1, tf.sign(tf.abs(x)))))],
  ['y / (x + (1 − sign x)) of x below 0', (x, y) => tf.div(y, tf.add(x, tf.sub(1, tf.sign(x))))],
  [
    'y / (relu x + (1 − sign relu x))',
    (x, y) => tf.div(y, tf.add(tf.relu(x), tf.sub(1, tf.sign(tf.relu(x))))),
  ],
  ['x + row', (x, _y, row) => tf.add(x, row)],
  ['row + x', (x, _y, row) => tf.add(row, x)],
  ['row + row', (_x, _y, row) => tf.add(row, row)],
  ['x + 1', (x) => tf.add(x, 1)],
  ['xᵀ · y', (x, y) => tf.matMul(tf.transpose(x), y)],
  ['x · yᵀ', (x, y) => tf.matMul(x, tf.transpose(y))],
  ['x · yᵀ by a flag', (x, y) => tf.matMul(x, y, false, true)],
  ['(xᵀ)ᵀ · yᵀ by flags', (x, y) => tf.matMul(tf.transpose(x), tf.transpose(y), true)],
  ['x in another shape', (x) => tf.mul(tf.reshape(tf.reshape(x, [3, 2]), [2, 3]), 3)],
  ['truth as numbers', (x) => tf.cast(tf.greater(x, 0), 'float32')],
  ['whole numbers as numbers', (x) => tf.cast(tf.cast(tf.mul(x, 3), 'int32'), 'float32')],
  ['the largest, where rows tie', (x) => tf.max(x, 1)],
  ['noise of a seed', (x) => tf.add(x, tf.randomNormal([2, 3], 0, 1, 'float32', 7))],
  [
    'two draws of two seeds',
    (x) =>
      tf.sub(
        tf.add(x, tf.randomUniform([2, 3], 0, 1, 'float32', 1)),
        tf.randomUniform([2, 3], 0, 1, 'float32', 2),
      ),
  ],
  ['a choice', (x, y) => tf.where(tf.greater(x, y), x, y)],
  ['a mean over steps', (x) => tf.mean(tf.reshape(x, [3, 2]), 0)],
  ['steps in another order', (x) => tf.reverse(tf.gather(x, [1, 0, 1]), 1)],
]

describe('a compiled computation', () => {
  it.each(written)('gives the numbers of the one that runs by itself: %s', (_what, compute) => {
    const computation: Computation<{ x: Float32Array }, null> = (input) => ({
      about: null,
      outputs: [
        compute(
          input([2, 3], ({ x }) => x),
          input([2, 3], () => OTHERS),
          input([3], () => ROW),
        ),
      ],
    })
    const owner = {}
    for (const x of [ROWS, randomValues(6, 'x'), ROWS]) {
      const [expected] = runOneByOne({ x }, computation).values
      const [own] = runCompiled(owner, 'key', { x }, computation).values
      expect(own!.length).toBe(expected!.length)
      expect(deviation(own!, expected!)).toBeLessThan(1e-6)
    }
  })
})
