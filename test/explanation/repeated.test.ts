import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, methods } from '../../src/catalogue/index.js'
import {
  deepTaylor,
  type Explanation,
  explainBatch,
  type Method,
  sinks,
  type Target,
} from '../../src/explanation/index.js'
import type { Forward } from '../../src/network/operations.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { random1D, random2D, tensorsLeft } from '../network/tensors.js'
import { methodsOfFewWalks } from './few-walks.js'

beforeAll(async () => {
  await useBackend()
})

/** The largest difference, relative to the largest value. */
function deviation(own: Float32Array, other: Float32Array): number {
  const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest(own.map((value, i) => value - other[i]!)) / (largest(other) || 1)
}

/** Networks that have every operation between them; with the others a method of each kind is tried. */
const BETWEEN_THEM = ['shallow', 'conv-r-lstm']
const KINDS = ['sensitivity', 'guidedBackprop', 'deepLift', 'occlusionByStep', 'deepTaylor', 'lrpEpsilon']

function expectAlike(repeated: Explanation, once: Explanation): void {
  expect(repeated.target).toEqual(once.target)
  expect(deviation(repeated.logits, once.logits)).toBeLessThan(1e-5)
  expect(deviation(repeated.entered, once.entered)).toBeLessThan(1e-5)
  expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-4)
}

describe.each(byName)('an explanation of %s that is repeated', (name, architecture) => {
  const network = randomNetwork(architecture)
  // Enough for a part of its own for each of four cores.
  const BATCH = 100

  function both(method: Method, target: Target, record: boolean, batch: number): [Explanation, Explanation] {
    const [w, x] = [tensorsOf(network), randomSequences(batch)]
    const options = { method, target, record, geometry: TINY, items: TINY.steps }
    const once = explainBatch(network.forward, w, x, options)
    // The second run does not compile.
    explainBatch(network.forward, w, x, { ...options, repeated: true })
    const repeated = explainBatch(network.forward, w, x, { ...options, repeated: true })
    tf.dispose([w, x])
    return [repeated, once]
  }

  const labels = Array.from({ length: BATCH }, (_, i) => i % 3)
  const targets: readonly Target[] = name === 'shallow' ? ['prediction', 1, labels] : [labels]
  const tried = methodsOfFewWalks.filter(({ id }) => BETWEEN_THEM.includes(name) || KINDS.includes(id))
  describe.each(tried.map((method) => [method.id, method] as const))('by %s', (_id, method) => {
    it('is that of a single walk, whatever the target', () => {
      for (const target of targets) expectAlike(...both(method, target, false, BATCH))
    })

    it('records what a single walk records', () => {
      const [repeated, once] = both(method, 1, true, 50)
      expect(repeated.taps.map(({ name, step, shape }) => ({ name, step, shape }))).toEqual(
        once.taps.map(({ name, step, shape }) => ({ name, step, shape })),
      )
      for (const [i, { relevance }] of repeated.taps.entries())
        expect(deviation(relevance, once.taps[i]!.relevance)).toBeLessThan(1e-4)
      for (const sink of sinks) {
        const [own, other] = [repeated, once].map(({ absorbed }) => Float32Array.from(absorbed![sink]))
        expect(deviation(own!, other!), sink).toBeLessThan(1e-4)
      }
    })
  })

  // For one network: compiling sixteen walks takes long.
  const shipped = name === 'shallow' ? methods.filter((method) => !methodsOfFewWalks.includes(method)) : []
  it.each(shipped.map((method) => [method.id, method] as const))(
    'by as many walks as %s is shipped with is that of a single time',
    (_id, method) => expectAlike(...both(method, labels, false, BATCH)),
  )

  it('leaves no tensor behind', () => {
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    const left = tensorsLeft(() =>
      explainBatch(network.forward, w, x, { method: methods[0]!, target: 1, repeated: true }),
    )
    expect(left).toBe(0)
    tf.dispose([w, x])
  })
})

describe('a computation that several networks share', () => {
  it('is compiled for the sizes of each', () => {
    const readout: Forward = (ops, w, x) => {
      const pixels: Tensor2D = tf.reshape(x, [x.shape[0], -1])
      const hidden = ops.relu(
        ops.affine('hidden', [ops.term(pixels, w['hidden.kernel']!, 'pixels')], w['hidden.bias']!),
      )
      return ops.affine(
        'readout',
        [ops.term(hidden, w['readout.kernel']!, 'nonnegative')],
        w['readout.bias']!,
      )
    }
    for (const hidden of [5, 8, 5, 3]) {
      const w = {
        'hidden.kernel': random2D([45, hidden], 'hidden'),
        'hidden.bias': random1D(hidden, 'hidden bias', -0.1, 0),
        'readout.kernel': random2D([hidden, 4], 'readout'),
        'readout.bias': random1D(4, 'readout bias', -0.1, 0),
      }
      const x = randomSequences(6)
      const options = { method: deepTaylor, target: 'prediction' } as const
      const once = explainBatch(readout, w, x, options)
      const repeated = explainBatch(readout, w, x, { ...options, repeated: true })
      expect(deviation(repeated.relevance, once.relevance)).toBeLessThan(1e-5)
      tf.dispose([w, x])
    }
  })
})

describe('sequences of whole numbers', () => {
  it('are explained as numbers are, repeated or not, by every method', () => {
    const network = randomNetwork(architecture('deep'))
    const w = tensorsOf(network)
    const whole = tf.tensor3d(
      Int32Array.from({ length: 2 * 45 }, (_, i) => (i % 3) - 1),
      [2, 5, 9],
    )
    const x = tf.cast<Tensor3D>(whole, 'float32')
    expect(whole.dtype).toBe('int32')
    for (const method of methodsOfFewWalks) {
      const options = { method, target: 0, geometry: TINY, items: TINY.steps } as const
      const { relevance } = explainBatch(network.forward, w, x, options)
      for (const repeated of [false, true]) {
        const left = tensorsLeft(() => {
          const own = explainBatch(network.forward, w, whole, { ...options, repeated })
          expect(deviation(own.relevance, relevance), method.id).toBeLessThan(1e-4)
        })
        expect(left).toBe(0)
      }
    }
    tf.dispose([w, x, whole])
  })
})
