import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { type AdamState, adamScalars, adamStep, startAdam } from '../../src/training/adam.js'

beforeAll(async () => {
  await useBackend()
})

/** One step, in place. */
function step(state: AdamState, parameters: Float32Array, gradient: Float32Array, learningRate: number) {
  tf.tidy(() => {
    const vector = (values: Float32Array) => tf.tensor1d(values.slice())
    const before = { parameters: vector(parameters), m: vector(state.m), v: vector(state.v) }
    state.steps++
    const after = adamStep(before, vector(gradient), vector(adamScalars(state.steps, learningRate)))
    parameters.set(after.parameters.dataSync())
    state.m.set(after.m.dataSync())
    state.v.set(after.v.dataSync())
  })
}

describe('Adam', () => {
  it('moves by the learning rate against the gradient’s sign in its first step, however large the gradient', () => {
    const parameters = Float32Array.of(1, 1, 1, 1)
    step(startAdam(4), parameters, Float32Array.of(5, -0.25, 1000, 0), 0.125)
    for (const [i, expected] of [0.875, 1.125, 0.875, 1].entries())
      expect(parameters[i]).toBeCloseTo(expected, 6)
  })

  it('divides by √v̂ + 10⁻⁸, which shows in tiny gradients', () => {
    const parameters = Float32Array.of(0)
    step(startAdam(1), parameters, Float32Array.of(1e-8), 1)
    expect(parameters[0]).toBeCloseTo(-0.5, 6)
  })

  it('has the moments and steps of a computation by hand', () => {
    const state = startAdam(1)
    const parameters = Float32Array.of(2)
    step(state, parameters, Float32Array.of(0.5), 0.1)
    // m = 0.1·0.5, v = 0.001·0.25; both hats are the gradient and its square.
    expect(state.m[0]).toBeCloseTo(0.05, 8)
    expect(state.v[0]).toBeCloseTo(0.00025, 10)
    expect(parameters[0]).toBeCloseTo(1.9, 6)
    step(state, parameters, Float32Array.of(-1), 0.1)
    // m = 0.9·0.05 − 0.1 = −0.055, m̂ = m/0.19; v = 0.999·0.00025 + 0.001 = 0.00124975, v̂ = v/0.001999.
    expect(state.m[0]).toBeCloseTo(-0.055, 7)
    expect(state.v[0]).toBeCloseTo(0.00124975, 9)
    expect(parameters[0]).toBeCloseTo(1.9 + (0.1 * (0.055 / 0.19)) / Math.sqrt(0.00124975 / 0.001999), 5)
    expect(state.steps).toBe(2)
  })

  it('follows Algorithm 1 over many steps of changing gradients and rates', () => {
    const size = 7
    const state = startAdam(size)
    const parameters = Float32Array.from({ length: size }, (_, i) => Math.cos(i))
    const expected = Array.from(parameters)
    const [m, v] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)]
    for (let t = 1; t <= 50; t++) {
      const gradient = Float32Array.from({ length: size }, (_, i) => Math.sin(3 * t + i) * 10 ** (i - 3))
      const rate = 0.01 / t
      step(state, parameters, gradient, rate)
      for (let i = 0; i < size; i++) {
        m[i] = 0.9 * m[i]! + 0.1 * gradient[i]!
        v[i] = 0.999 * v[i]! + 0.001 * gradient[i]! ** 2
        const [mHat, vHat] = [m[i]! / (1 - 0.9 ** t), v[i]! / (1 - 0.999 ** t)]
        expected[i] = expected[i]! - (rate * mHat) / (Math.sqrt(vHat) + 1e-8)
      }
    }
    for (const [i, value] of expected.entries()) expect(parameters[i]).toBeCloseTo(value, 5)
    expect(state.steps).toBe(50)
  })
})
