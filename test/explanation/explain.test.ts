import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, method, methods } from '../../src/catalogue/index.js'
import { explainBatch, type Target } from '../../src/explanation/index.js'
import { differentiable } from '../../src/network/differentiable.js'
import { predictionsOf } from '../../src/network/predictions.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { deviation } from '../network/tensors.js'
import { methodsOfFewWalks } from './few-walks.js'

beforeAll(async () => {
  await useBackend()
})

const BATCH = 6
const network = randomNetwork(architecture('deep'))
const withNetwork = <T>(use: (w: ReturnType<typeof tensorsOf>, x: Tensor3D) => T): T => {
  const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
  try {
    return use(w, x)
  } finally {
    tf.dispose([w, x])
  }
}
const explained = (target: Target, name = 'sensitivity') =>
  withNetwork((w, x) => explainBatch(network.forward, w, x, { method: method(name), target }))

describe('the target', () => {
  it('is the prediction, one class for all, or one class per sequence in any list of numbers', () => {
    const { logits, target } = explained('prediction')
    expect(target).toEqual(predictionsOf(logits, TINY.classes))
    expect([...explained(2).target]).toEqual([2, 2, 2, 2, 2, 2])
    const labels = [0, 1, 2, 3, 0, 1]
    for (const list of [labels, Uint8Array.from(labels), Int32Array.from(labels)])
      expect([...explained(list).target]).toEqual(labels)
  })

  it('decides the relevance of its own sequence only', () => {
    const [zeros, mixed] = [explained(0), explained([0, 1, 0, 2, 3, 0])]
    const size = zeros.relevance.length / BATCH
    for (const sequence of [0, 2, 5]) {
      const own = ({ relevance }: typeof zeros) => relevance.slice(sequence * size, (sequence + 1) * size)
      expect(own(mixed)).toEqual(own(zeros))
    }
    expect(mixed.relevance).not.toEqual(zeros.relevance)
  })

  it.each<[Target, string]>([
    [4, 'target 4 is not a class; classes are 0 to 3'],
    [-1, 'target -1 is not a class'],
    [1.5, 'target 1.5 is not a class'],
    [Number.NaN, 'target NaN is not a class'],
    [[0, 1, 2, 3, 4, 0], 'target 4 is not a class'],
    [[0, 1], 'there are 2 targets for 6 sequences'],
  ])('%j is refused', (target, message) => {
    expect(() => explained(target)).toThrow(message)
  })

  it('by prediction is the first of the highest logits', () => {
    expect([...predictionsOf(Float32Array.of(1, 3, 2, -5, -7, -6, 4, 4, 0), 3)]).toEqual([1, 0, 0])
  })
})

/** Methods that never walk back from the sequences themselves: they walk near them or on a path to them, compare logits, or look at no network. */
const WITHOUT_TAPS = [
  'smoothGrad',
  'smoothGradSquared',
  'integratedGradients',
  'occlusionByItem',
  'occlusionByStep',
  'occlusionByPatch',
  'shapleyByItem',
  'randomRelevance',
  'uniformRelevance',
]

describe.each(methodsOfFewWalks.map((method) => [method.id, method] as const))(
  'an explanation by %s',
  (_name, method) => {
    it.each(byName)(
      'of %s has the plain network’s logits and enters at the target',
      (_architecture, architecture) => {
        const network = randomNetwork(architecture)
        const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
        const pass = differentiable({ purpose: 'explaining' })
        const logits = network.forward(pass, w, x)
        pass.dispose()
        const explanation = explainBatch(network.forward, w, x, {
          method,
          target: 1,
          geometry: TINY,
          items: TINY.steps,
        })
        expect(explanation.shape).toEqual(x.shape)
        expect(deviation(explanation.logits, logits.dataSync())).toBeLessThan(1e-6)
        const f = Array.from({ length: BATCH }, (_, row) => explanation.logits[row * TINY.classes + 1]!)
        const expected = method.ledger === 'positive' ? f.map((value) => Math.max(0, value)) : f
        expect([...explanation.entered]).toEqual(expected)
        expect([explanation.taps, explanation.absorbed]).toEqual([[], null])
        tf.dispose([w, x, logits])
      },
    )

    it('is the same with taps and ledger as without', () => {
      for (const [, architecture] of byName) {
        const network = randomNetwork(architecture)
        const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
        const options = { method, target: 'prediction', geometry: TINY, items: TINY.steps } as const
        const plain = explainBatch(network.forward, w, x, options)
        const recorded = explainBatch(network.forward, w, x, { ...options, record: true })
        expect(recorded.relevance).toEqual(plain.relevance)
        if (WITHOUT_TAPS.includes(method.id)) expect(recorded.taps).toEqual([])
        else expect(recorded.taps.length).toBeGreaterThan(TINY.steps)
        for (const lost of Object.values(recorded.absorbed!)) expect(lost).toHaveLength(BATCH)
        tf.dispose([w, x])
      }
    })

    it('of a sequence does not depend on its batch', () => {
      withNetwork((w, x) => {
        const options = { method, target: 'prediction', geometry: TINY, items: TINY.steps } as const
        const together = explainBatch(network.forward, w, x, options)
        const parts = tf.split<Tensor3D>(x, BATCH)
        const size = together.relevance.length / BATCH
        for (const [i, part] of parts.entries()) {
          const alone = explainBatch(network.forward, w, part, options)
          const own = together.relevance.subarray(i * size, (i + 1) * size)
          expect(deviation(alone.relevance, own)).toBeLessThan(1e-5)
        }
        tf.dispose(parts)
      })
    })
  },
)

describe('relevance propagation', () => {
  it('of a logit ≤ 0 is 0 everywhere', () => {
    withNetwork((w, x) => {
      const silent = { ...w, 'readout.bias': tf.fill([TINY.classes], -1000) }
      for (const { id: name } of methods.filter(({ ledger }) => ledger === 'positive')) {
        const { relevance, entered } = explainBatch(network.forward, silent, x, {
          method: method(name),
          target: 0,
        })
        expect([...entered]).toEqual(new Array(BATCH).fill(0))
        expect(relevance.every((value) => value === 0)).toBe(true)
      }
      silent['readout.bias'].dispose()
    })
  })

  it('uses the range it is given; the default is [−1, 1]', () => {
    withNetwork((w, x) => {
      const by = (range?: { low: number; high: number }) =>
        explainBatch(network.forward, w, x, { method: method('deepTaylor'), target: 'prediction', range })
          .relevance
      expect(by()).toEqual(by({ low: -1, high: 1 }))
      expect(by()).not.toEqual(by({ low: -2, high: 1 }))
      expect(by()).not.toEqual(by({ low: -1, high: 3 }))
    })
  })
})

describe('gradient methods', () => {
  it('are the slope of the logit along any direction of the pixels', () => {
    withNetwork((w, x) => {
      const { relevance } = explainBatch(network.forward, w, x, {
        method: method('gradientTimesInput'),
        target: 1,
      })
      const pixels = x.dataSync<'float32'>()
      const gradient = relevance.map((value, i) => value / pixels[i]!)
      const direction = randomSequences(BATCH, TINY, 'direction').dataSync<'float32'>()
      const logitsAt = (step: number) => {
        const pass = differentiable({ purpose: 'explaining' })
        const moved = tf.tensor3d(
          pixels.map((value, i) => value + step * direction[i]!),
          x.shape,
        )
        const logits = network.forward(pass, w, moved)
        const values = logits.dataSync<'float32'>().slice()
        pass.dispose()
        tf.dispose([moved, logits])
        return values
      }
      const [ahead, behind] = [logitsAt(1e-3), logitsAt(-1e-3)]
      const size = pixels.length / BATCH
      for (let row = 0; row < BATCH; row++) {
        const k = row * TINY.classes + 1
        const measured = (ahead[k]! - behind[k]!) / 2e-3
        let expected = 0
        for (let i = row * size; i < (row + 1) * size; i++) expected += gradient[i]! * direction[i]!
        expect(Math.abs(measured - expected)).toBeLessThan(0.01 * Math.abs(expected) + 5e-3)
      }
      const squared = explainBatch(network.forward, w, x, {
        method: method('sensitivity'),
        target: 1,
      }).relevance
      expect(
        deviation(
          squared,
          gradient.map((g) => g * g),
        ),
      ).toBeLessThan(1e-5)
    })
  })
})
