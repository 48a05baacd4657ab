import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { defineArchitecture, describe as describeArchitecture } from '../../src/architectures/index.js'
import { useBackend } from '../../src/backend/use-backend.js'
import { deepTaylorGatesRule, deepTaylorRule, relevanceOperations } from '../../src/explanation/index.js'
import { differentiable } from '../../src/network/differentiable.js'
import type { Operations, Pass } from '../../src/network/operations.js'
import { layer } from '../../src/network/parameters.js'
import { frames } from '../../src/network/sequence.js'

beforeAll(() => useBackend())

const x = [-0.5, 0, 0.25, 0.75, 1, 3]
const range = { low: -1, high: 1 }

/** What comes back to x from signals of 1 to 6 behind the operation. */
function backTo(pass: Pass, operation: (ops: Operations, x: tf.Tensor2D) => tf.Tensor): number[] {
  return tf.tidy(() => {
    const signals = tf.tensor2d([[1, 2, 3, 4, 5, 6]])
    const gradient = tf.grads((given: tf.Tensor) => operation(pass, given as tf.Tensor2D))
    const [back] = gradient([tf.tensor2d([x])], signals)
    return [...back!.dataSync<'float32'>()]
  })
}

describe('a hard sigmoid', () => {
  it('is x between 0 and 1, and 0 or 1 outside', () => {
    for (const pass of [
      differentiable({ purpose: 'explaining' }),
      relevanceOperations(deepTaylorRule, range, null),
    ]) {
      const values = tf.tidy(() =>
        pass
          .hardSigmoid(tf.tensor2d([x]))
          .dataSync<'float32'>()
          .slice(),
      )
      expect([...values]).toEqual([0, 0, 0.25, 0.75, 1, 1])
      pass.dispose()
    }
  })

  it('passes gradients on between 0 and 1 alone', () => {
    const pass = differentiable({ purpose: 'explaining' })
    expect(backTo(pass, (ops, x) => ops.hardSigmoid(x))).toEqual([0, 0, 3, 4, 0, 0])
  })

  it('hands on the relevance of a gate as it is', () => {
    const pass = relevanceOperations(deepTaylorGatesRule('half'), range, null)
    const signal = tf.ones<tf.Rank.R2>([1, 6])
    expect(backTo(pass, (ops, x) => ops.gate(ops.hardSigmoid(x), signal))).toEqual([0.5, 1, 1.5, 2, 2.5, 3])
    signal.dispose()
  })

  it('is a gate in descriptions, with an effect on the fingerprint', () => {
    const gated = (id: string, open: (ops: Operations, x: tf.Tensor2D) => tf.Tensor2D) =>
      defineArchitecture({
        id,
        title: id,
        units: {},
        parameters: ({ rows, stepColumns, classes }) => [
          ...layer('gates', [rows * stepColumns, classes], 'freeBias'),
          ...layer('readout', [rows * stepColumns, classes]),
        ],
        forward: (geometry) => (ops, w, x) => {
          const [pixels] = tf.split<tf.Tensor2D>(frames(x, geometry), geometry.steps)
          const sum = (name: string) =>
            ops.affine(
              name,
              [ops.term(pixels!, w[`${name}.kernel`] as tf.Tensor2D, 'pixels')],
              w[`${name}.bias`] as tf.Tensor1D,
            )
          return ops.gate(ops.complement(open(ops, sum('gates'))), sum('readout'))
        },
      })
    const geometry = { rows: 2, stepColumns: 2, steps: 2, classes: 3 }
    const [hard, smooth] = [
      gated('hard', (ops, x) => ops.hardSigmoid(x)),
      gated('smooth', (ops, x) => ops.sigmoid(x)),
    ].map((architecture) => describeArchitecture(architecture, geometry, {}))
    expect(hard!.layers.map(({ activation }) => activation)).toEqual(['hardSigmoid', null])
    expect(hard!.fingerprint).not.toBe(smooth!.fingerprint)
  })
})
