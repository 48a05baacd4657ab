import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { layer } from '../../src/network/parameters.js'
import { layoutOf } from '../../src/training/layout.js'
import {
  fromEffective,
  INITIAL_BETA,
  negativeBias,
  negativeBiasGradient,
  toEffective,
} from '../../src/training/negative-bias.js'

/** Two kernel values, seven biases ≤ 0, and as many of a gate. */
const layout = layoutOf([...layer('relu', [0, 7]), ...layer('gate', [0, 7], 'freeBias')])
const betas = [-87, -20, -5, 0, 1, 29, 100]
beforeAll(async () => {
  await useBackend()
})

const effectiveOf = (trained: Float32Array) => toEffective(layout, trained, new Float32Array(layout.size))

describe('a bias ≤ 0', () => {
  it('is −softplus(β), and a free bias is as it is', () => {
    const effective = effectiveOf(Float32Array.of(...betas, ...betas))
    for (const [i, beta] of betas.entries()) {
      const expected = beta > 50 ? -beta : -Math.log1p(Math.exp(beta))
      expect(Math.abs(effective[i]! - expected)).toBeLessThanOrEqual(1e-6 * Math.abs(expected))
      expect(effective[i]).toBeLessThanOrEqual(0)
      expect(effective[7 + i]).toBe(beta)
    }
  })

  it('starts at −0.01', () => {
    const [b] = effectiveOf(new Float32Array(14).fill(INITIAL_BETA))
    expect(b).toBeCloseTo(-0.01, 8)
  })

  it('has ∂b/∂β = −σ(β), the slope of what it is computed from', () => {
    const slopes = tf.tidy(() =>
      negativeBiasGradient(tf.tensor1d(betas), tf.tensor1d(betas.map(() => 2))).dataSync(),
    )
    for (const [i, beta] of betas.entries()) {
      const slow = (value: number) => -Math.log1p(Math.exp(value))
      const measured = (slow(beta + 1e-4) - slow(beta - 1e-4)) / 2e-4
      expect(slopes[i]).toBeCloseTo(2 * measured, 5)
    }
  })

  it('leads back to its β', () => {
    const trained = Float32Array.of(...betas, ...betas)
    const back = fromEffective(layout, effectiveOf(trained))
    for (const [i, beta] of trained.entries())
      expect(Math.abs(back[i]! - beta)).toBeLessThanOrEqual(1e-5 * Math.abs(beta) + 1e-6)
  })

  it('of any size survives the way to β and back, 0 as next to nothing', () => {
    const effective = new Float32Array(14)
    effective.set([0, -1e-30, -1e-6, -0.01, -1, -29.5, -300])
    const back = effectiveOf(fromEffective(layout, effective))
    for (const [i, b] of effective.entries())
      expect(Math.abs(back[i]! - b)).toBeLessThanOrEqual(2e-5 * Math.abs(b) + 1e-37)
    expect(back.every((b) => b <= 0)).toBe(true)
  })

  it('is the same as an operation on tensors', () => {
    const expected = effectiveOf(Float32Array.of(...betas, ...betas))
    const biases = tf.tidy(() => negativeBias(tf.tensor1d(betas)).dataSync())
    for (const [i, b] of biases.entries())
      expect(Math.abs(b - expected[i]!)).toBeLessThanOrEqual(2e-6 * Math.abs(expected[i]!))
  })
})
