import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { oneHot } from '../../src/network/one-hot.js'
import { evidenceLoss } from '../../src/training/loss.js'
import { deviation, random2D, tensorsLeft } from '../network/tensors.js'

beforeAll(async () => {
  await useBackend()
})

const targetOf = (labels: readonly number[], classes: number) =>
  tf.tensor2d(oneHot(Int32Array.from(labels), classes), [labels.length, classes])

const lossOf = (rows: number[][], labels: number[]) =>
  tf.tidy(() => evidenceLoss(tf.tensor2d(rows), targetOf(labels, rows[0]!.length)).dataSync<'float32'>()[0]!)

describe('the eleventh-logit loss', () => {
  it('is log(1 + classes) where no logit says anything', () => {
    expect(lossOf([[0, 0, 0]], [1])).toBeCloseTo(Math.log(4), 6)
  })

  it('of one class against none is that of logistic regression: evidence is a positive logit', () => {
    for (const logit of [-3, -0.5, 0, 2, 7])
      expect(lossOf([[logit, -1000]], [0])).toBeCloseTo(Math.log1p(Math.exp(-logit)), 6)
  })

  it('is the mean of log(1 + Σ eᶻ) − z_label, which a shift of all logits changes', () => {
    const rows = [
      [1, -2, 0.5],
      [0.25, 3, -1],
      [-4, -5, -6],
    ]
    const labels = [0, 2, 1]
    const slow = (rows: number[][]) =>
      rows.reduce(
        (sum, row, i) => sum + Math.log(row.reduce((total, z) => total + Math.exp(z), 1)) - row[labels[i]!]!,
        0,
      ) / rows.length
    expect(lossOf(rows, labels)).toBeCloseTo(slow(rows), 6)
    const shifted = rows.map((row) => row.map((z) => z - 2))
    expect(lossOf(shifted, labels)).toBeCloseTo(slow(shifted), 6)
    expect(Math.abs(lossOf(shifted, labels) - lossOf(rows, labels))).toBeGreaterThan(0.1)
  })

  it('stays finite for logits of a thousand and more', () => {
    expect(lossOf([[1000, 0]], [0])).toBeCloseTo(0, 5)
    expect(lossOf([[1000, 0]], [1])).toBeCloseTo(1000, 2)
    expect(lossOf([[-1000, -2000]], [0])).toBeCloseTo(1000, 2)
  })

  it('has the gradient (softmax with the eleventh − one-hot) / batch', () => {
    const logits = random2D([4, 3], 'logits', -3, 3)
    const labels = Int32Array.of(2, 0, 1, 1)
    const target = targetOf([...labels], 3)
    const { value, grad } = tf.valueAndGrad((z: Tensor) => evidenceLoss(z as typeof logits, target))(logits)
    expect(value.shape).toEqual([])
    const expected = logits.arraySync().flatMap((row, i) => {
      const total = row.reduce((sum, z) => sum + Math.exp(z), 1)
      return row.map((z, k) => (Math.exp(z) / total - (k === labels[i] ? 1 : 0)) / 4)
    })
    expect(deviation(grad.dataSync(), expected)).toBeLessThan(1e-5)
    tf.dispose([logits, target, value, grad])
  })

  it('refuses a label that is no class', () => {
    expect(() => lossOf([[0, 0, 0]], [3])).toThrow('label 3 is not a class; classes are 0 to 2')
    expect(() => lossOf([[0, 0, 0]], [-1])).toThrow('label -1 is not a class')
  })

  it('leaves no tensor behind', () => {
    const logits = random2D([4, 3], 'logits')
    const target = targetOf([2, 0, 1, 1], 3)
    const gradient = tf.grad((z: Tensor) => evidenceLoss(z as typeof logits, target))
    expect(tensorsLeft(() => tf.tidy(() => void gradient(logits)))).toBe(0)
    tf.dispose([logits, target])
  })
})
