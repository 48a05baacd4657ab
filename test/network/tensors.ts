import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { expect } from 'vitest'
import { randomStream } from '../../src/data/random.js'

/** Reproducible numbers between low and high; every name gives others. */
export function randomValues(count: number, name: string, low = -1, high = 1): Float32Array {
  const stream = randomStream(7, name)
  return Float32Array.from({ length: count }, () => low + (high - low) * uniformFloat64(stream))
}

const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1)

export const random2D = (shape: [number, number], name: string, low = -1, high = 1) =>
  tf.tensor2d(randomValues(size(shape), name, low, high), shape)

export const random4D = (shape: [number, number, number, number], name: string, low = -1, high = 1) =>
  tf.tensor4d(randomValues(size(shape), name, low, high), shape)

export const random3D = (shape: [number, number, number], name: string, low = -1, high = 1) =>
  tf.tensor3d(randomValues(size(shape), name, low, high), shape)

export const random1D = (length: number, name: string, low = -1, high = 1) =>
  tf.tensor1d(randomValues(length, name, low, high))

/** ⟨a, b⟩ in double precision. */
export function inner(a: Tensor, b: Tensor): number {
  expect(a.shape).toEqual(b.shape)
  const [left, right] = [a.dataSync<'float32'>(), b.dataSync<'float32'>()]
  return left.reduce((sum, value, i) => sum + value * right[i]!, 0)
}

/** max |actual − expected| / max |expected|; fails when lengths differ or a number is not finite. */
export function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length)
  let [difference, largest] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    if (!Number.isFinite(actual[i]!) || !Number.isFinite(expected[i]!))
      expect.fail(`${actual[i]} and ${expected[i]} at ${i}`)
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!))
    largest = Math.max(largest, Math.abs(expected[i]!))
  }
  return largest === 0 ? difference : difference / largest
}

/** Single precision over sums of some hundred terms. */
export const SINGLE = 3e-6

/** How many tensors are left after an action that were not there before. */
export function tensorsLeft(action: () => unknown): number {
  const before = tf.memory().numTensors
  action()
  return tf.memory().numTensors - before
}
