import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { customGradient } from '../../src/network/custom-gradient.js'
import { registerDataMovement } from '../../src/network/data-movement.js'
import { inner, random2D, random3D, randomValues } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

/** Fails unless ⟨move(x), y⟩ = ⟨x, gradient⟩ for a move that may lose some of x. */
function expectAdjoint(x: Tensor, move: (x: Tensor) => Tensor): void {
  const moved = move(x)
  const y = tf.tensor(randomValues(moved.size, 'y'), moved.shape)
  const gradient = tf.grad(move)(x, y)
  expect(gradient.shape).toEqual(x.shape)
  expect(inner(x, gradient)).toBeCloseTo(inner(moved, y), 5)
}

describe('data movement', () => {
  const x = () => random3D([4, 3, 2], 'x')

  it('carries gradients back through clone and reshape', () => {
    expectAdjoint(x(), (x) => tf.clone(x))
    expectAdjoint(x(), (x) => tf.reshape(x, [6, 4]))
  })

  it.each([[[0, 1, 2]], [[2, 0, 1]], [[1, 2, 0]], [[0, 2, 1]]])(
    'carries gradients back through the transposition %j',
    (permutation) => {
      expectAdjoint(x(), (x) => tf.transpose(x, permutation))
    },
  )

  it.each([0, 1, -1])('carries gradients back through split and concat along axis %i', (axis) => {
    const sizes = { 0: [1, 3], 1: [2, 1], [-1]: [1, 1] }[axis]!
    expectAdjoint(x(), (x) => tf.concat([...tf.split(x, sizes, axis)].reverse(), axis))
  })

  it.each([0, 1, 2, -1, [0, 2]])('carries gradients back through reversing axis %j', (axis) => {
    expectAdjoint(x(), (x) => tf.reverse(x, axis))
    const [moved, back] = [tf.reverse(x(), axis), tf.grad((x: Tensor) => tf.reverse(x, axis))(x(), x())]
    expect(back.dataSync()).toEqual(moved.dataSync())
  })

  it('gives the parts of a split that nothing reads a gradient of 0', () => {
    const gradient = tf
      .grad((x: Tensor) => tf.split(x, [1, 3], 0)[1]!)(x())
      .arraySync() as number[][][]
    expect(gradient.map((plane) => plane[0]![0])).toEqual([0, 1, 1, 1])
  })

  it('hands each part of a concatenation its own gradient', () => {
    const [a, b] = [random2D([2, 1], 'a'), random2D([2, 3], 'b')]
    const y = random2D([2, 4], 'y')
    const [da, db] = tf.grads((a: Tensor, b: Tensor) => tf.concat([a, b], 1))([a, b], y)
    const rows = y.arraySync()
    expect(da!.arraySync()).toEqual(rows.map((row) => row.slice(0, 1)))
    expect(db!.arraySync()).toEqual(rows.map((row) => row.slice(1)))
  })

  it('is differentiable alone, also where a backend brings gradients of its own', () => {
    const foreign = [tf.Add, tf.Multiply, tf.Reshape].map((kernelName) => ({
      kernelName,
      gradFunc: () => ({}),
    }))
    tf.unregisterGradient(tf.Reshape)
    for (const gradient of foreign) tf.registerGradient(gradient)
    registerDataMovement()
    expect([tf.Add, tf.Multiply].map((kernel) => tf.getGradient(kernel))).toEqual([undefined, undefined])
    expectAdjoint(x(), (x) => tf.reshape(x, [6, 4]))
  })

  it('may be registered again', () => {
    const before = tf.getGradient(tf.Concat)
    registerDataMovement()
    expect(tf.getGradient(tf.Concat)).toBe(before)
  })
})

describe('anything else on the tape', () => {
  it.each([
    ['add', (x: Tensor) => tf.add(x, 1)],
    ['mul', (x: Tensor) => tf.mul(x, x)],
    ['matMul', (x: Tensor) => tf.matMul(x, x)],
    ['relu', (x: Tensor) => tf.relu(x)],
    ['sum', (x: Tensor) => tf.sum(x)],
    ['a slice', (x: Tensor) => tf.slice(x, 0, 1)],
  ])('fails loudly: %s', (_name, raw) => {
    const x = random2D([3, 3], 'x')
    expect(() => tf.grad(raw)(x)).toThrow('gradient function not found')
    const wrapped = (x: Tensor) =>
      customGradient([raw(x)], () => ({ value: tf.scalar(0), backward: () => [raw(x)] }))
    expect(() => tf.grad(wrapped)(x)).toThrow('gradient function not found')
  })
})
