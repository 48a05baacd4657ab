import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { attention } from '../../src/network/attention.js'
import { describeNetwork } from '../../src/network/describe/index.js'
import { differentiable } from '../../src/network/differentiable.js'
import type { Forward } from '../../src/network/operations.js'
import { layer } from '../../src/network/parameters.js'
import { frames } from '../../src/network/sequence.js'
import { slowAttention, slowWeights } from './slow-attention.js'
import { deviation, inner, random2D, SINGLE, tensorsLeft } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

const sizes = [
  { steps: 4, batch: 3, hops: 2, units: 5 },
  { steps: 1, batch: 2, hops: 3, units: 2 },
  { steps: 6, batch: 1, hops: 1, units: 1 },
]

describe.each(sizes)('attention over $steps steps with $hops hops', ({ steps, batch, hops, units }) => {
  const scores = () => random2D([steps * batch, hops], 'scores', -3, 3)
  const values = () => random2D([steps * batch, units], 'values')
  const signal = () => random2D([steps * batch, hops * units], 'signal')

  it('is the mean of the values so far by a softmax of their scores', () => {
    const means = attention(scores(), steps).apply(values())
    expect(means.shape).toEqual([steps * batch, hops * units])
    const expected = slowAttention(scores().dataSync(), values().dataSync(), { steps, hops, units })
    expect(deviation(means.dataSync(), expected)).toBeLessThan(SINGLE)
  })

  it('keeps ⟨apply(x), y⟩ = ⟨x, adjoint(y)⟩', () => {
    const { apply, adjoint } = attention(scores(), steps)
    expect(adjoint(signal()).shape).toEqual(values().shape)
    expect(inner(values(), adjoint(signal()))).toBeCloseTo(inner(apply(values()), signal()), 5)
  })

  it('has gradients that are the slopes of finite differences in double precision', () => {
    const pass = differentiable({ purpose: 'explaining' })
    const gradients = tf.tidy(() =>
      tf
        .grads((s: Tensor, x: Tensor) => pass.attend('means', s as Tensor2D, x as Tensor2D, 'signed', steps))(
          [scores(), values()],
          signal(),
        )
        .map((gradient) => gradient.dataSync<'float32'>().slice()),
    )
    pass.dispose()
    const given = [scores(), values()].map((tensor) => Float64Array.from(tensor.dataSync<'float32'>()))
    const dy = signal().dataSync<'float32'>()
    const at = () =>
      slowAttention(given[0]!, given[1]!, { steps, hops, units }).reduce((sum, y, i) => sum + y * dy[i]!, 0)
    for (const [k, gradient] of gradients.entries()) {
      const slopes = Array.from(given[k]!, (value, i) => {
        const [ahead, behind] = [1e-5, -1e-5].map((step) => {
          given[k]![i] = value + step
          const result = at()
          given[k]![i] = value
          return result
        })
        return (ahead! - behind!) / 2e-5
      })
      // With a single step there is nothing to choose, and the scores have no gradient.
      if (steps === 1 && k === 0) expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-6)
      else expect(deviation(gradient, slopes)).toBeLessThan(1e-5)
    }
  })
})

describe('attention', () => {
  it('stays a mean where scores differ by more than single precision holds', () => {
    const scores = [200, -200, 0, 199]
    const values = [0.25, -1, 0.5, 1]
    const means = attention(tf.tensor2d(scores, [4, 1]), 4).apply(tf.tensor2d(values, [4, 1]))
    const expected = slowWeights(scores).map((weights) =>
      weights.reduce((sum, weight, s) => sum + weight * values[s]!, 0),
    )
    expect(deviation(means.dataSync(), expected)).toBeLessThan(SINGLE)
  })

  it('leaves no tensor behind', () => {
    const [scores, values] = [random2D([6, 2], 'scores'), random2D([6, 3], 'values')]
    const pass = differentiable({ purpose: 'training' })
    const left = tensorsLeft(() =>
      tf.tidy(() => {
        tf.grad((s: Tensor) => pass.attend('means', s as Tensor2D, values, 'pixels', 3))(scores)
      }),
    )
    expect(left).toBe(0)
  })
})

const GEOMETRY = { rows: 4, stepColumns: 2, steps: 3, classes: 2 }
const specs = [...layer('scores', [8, 5]), ...layer('readout', [3 * 5 * 8, 2])]
const network =
  (name: string, steps = 3): Forward =>
  (ops, w, x) => {
    const pixels = frames(x, GEOMETRY)
    const scores = ops.affine('scores', [ops.term(pixels, w['scores.kernel']!, 'pixels')], w['scores.bias']!)
    const means = ops.attend(name, scores, pixels, 'pixels', steps)
    const together = tf.reshape<tf.Rank.R2>(
      tf.transpose(tf.reshape<tf.Rank.R3>(means, [3, -1, 40]), [1, 0, 2]),
      [-1, 120],
    )
    return ops.affine('readout', [ops.term(together, w['readout.kernel']!, 'pixels')], w['readout.bias']!)
  }

describe('the description of attention', () => {
  it('counts its products, and connects pixels and scores with what reads the means', () => {
    const { products, multiplications, edges, layers } = describeNetwork(specs, network('means'), GEOMETRY)
    expect(products).toEqual([
      { layer: 'scores', rows: 3, inputs: 8, outputs: 5, readsPixels: true },
      { layer: 'means', rows: 15, inputs: 3, outputs: 8, readsPixels: true },
      { layer: 'readout', rows: 1, inputs: 120, outputs: 2, readsPixels: false },
    ])
    expect(multiplications).toBe(3 * 8 * 5 + 15 * 3 * 8 + 120 * 2)
    expect(layers.map(({ name }) => name)).toEqual(['scores', 'readout'])
    expect(edges).toEqual([
      { from: 'pixels', to: 'scores', kind: 'forward' },
      { from: 'scores', to: 'readout', kind: 'forward' },
      { from: 'pixels', to: 'readout', kind: 'forward' },
    ])
  })

  it('has a fingerprint in which the steps count and the name does not', () => {
    const of = (forward: Forward) => describeNetwork(specs, forward, GEOMETRY).fingerprint
    expect(of(network('attended'))).toBe(of(network('means')))
    expect(of(network('means', 1))).not.toBe(of(network('means')))
  })

  it('refuses scores that do not fit the values', () => {
    const wrong: Forward = (ops, w, x) => {
      const pixels = frames(x, GEOMETRY)
      const scores = ops.affine(
        'scores',
        [ops.term(pixels, w['scores.kernel']!, 'pixels')],
        w['scores.bias']!,
      )
      const few = tf.split<Tensor2D>(scores, [1, 2])[1]!
      return ops.attend('means', few, pixels, 'pixels', 3)
    }
    expect(() => describeNetwork(specs, wrong, GEOMETRY)).toThrow(
      "layer 'means' attends to [3,8] by scores [2,5]; they do not fit",
    )
    expect(() => describeNetwork(specs, network('means', 2), GEOMETRY)).toThrow(
      '3 rows cannot be taken apart into 2 steps',
    )
  })
})
