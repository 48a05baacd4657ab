import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { relu } from '../../src/network/differentiable.js'
import { isPositive } from '../../src/network/indicator.js'

beforeAll(async () => {
  await useBackend()
})

describe('an indicator', () => {
  it('is 1 for every number above 0, however small, and 0 at 0', () => {
    const values = [0, 1e-30, 1e-12, 1e-8, 1e-7, 1e-6, 1e-3, 1, 1e30]
    const expected = [0, 1, 1, 1, 1, 1, 1, 1, 1]
    expect([...isPositive(tf.tensor1d(values)).dataSync()]).toEqual(expected)
  })

  it('gives relu the derivative 1 for activations of next to nothing', () => {
    const gradient = tf.grad((x) => relu(x))(tf.tensor1d([-1e-8, 0, 1e-8, 1e-20]), tf.tensor1d([1, 2, 3, 4]))
    expect(Array.from(gradient.dataSync(), (value) => value + 0)).toEqual([0, 0, 3, 4])
  })
})
