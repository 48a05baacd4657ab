import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { explainBatch } from '../../src/explanation/index.js'
import { differentiable } from '../../src/network/differentiable.js'
import { oneHot } from '../../src/network/one-hot.js'
import type { Forward } from '../../src/network/operations.js'
import { evidenceLoss } from '../../src/training/loss.js'
import { methodsOfFewWalks } from '../explanation/few-walks.js'
import { rowsSeenBy } from '../explanation/walks.js'
import { deviation } from '../network/tensors.js'
import { byName, type Network, randomNetwork, randomSequences, TINY, tensorsOf } from './networks.js'
import { type Copies, noCopies, unsharing } from './unshared.js'

beforeAll(async () => {
  await useBackend()
})

const BATCH = 4
const LABELS = Int32Array.of(0, 3, 1, 3)
/** The same products, added up in another order. */
const REORDERED = 1e-6

const unsharedForward =
  ({ forward }: Network, copies: Copies, rows = BATCH): Forward =>
  (ops, w, x) =>
    forward(unsharing({ ...ops, dispose: () => {} }, rows, copies), w, x)

function trainingGradients(network: Network, forward: Forward): Float32Array[] {
  const pass = differentiable({ purpose: 'training' })
  const w = tensorsOf(network)
  const x = randomSequences(BATCH)
  try {
    return tf.tidy(() => {
      const loss = (...tensors: Tensor[]) => {
        const named = Object.fromEntries(Object.keys(w).map((name, i) => [name, tensors[i]!]))
        const logits = forward(pass, named, x)
        return evidenceLoss(logits, tf.tensor2d(oneHot(LABELS, logits.shape[1]), logits.shape))
      }
      return tf
        .grads(loss)(Object.values(w))
        .map((gradient) => gradient.dataSync<'float32'>())
    })
  } finally {
    pass.dispose()
    tf.dispose([w, x])
  }
}

describe.each(byName)('%s, unrolled with shared weights,', (name, architecture) => {
  const network = randomNetwork(architecture)

  it('has the logits of an unshared copy', () => {
    const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
    const copies = noCopies()
    const pass = differentiable({ purpose: 'explaining' })
    const shared = network.forward(pass, w, x).dataSync<'float32'>()
    const unshared = unsharedForward(network, copies)(pass, w, x).dataSync<'float32'>()
    expect(deviation(shared, unshared)).toBeLessThan(REORDERED)
    pass.dispose()
    // At least the layer before the state, and the state's own kernel, were copied for every step.
    const counts = [...copies.given.values()]
    expect(counts.filter((count) => count >= TINY.steps - 1).length).toBeGreaterThanOrEqual(3)
    tf.dispose([w, x])
  })

  it.each(methodsOfFewWalks.map((method) => [method.id, method] as const))(
    'has its relevance by %s',
    (_name, method) => {
      const [w, x] = [tensorsOf(network), randomSequences(BATCH)]
      const options = { method, target: 'prediction', geometry: TINY, items: TINY.steps } as const
      const shared = explainBatch(network.forward, w, x, options)
      const copies = noCopies()
      const rows = rowsSeenBy(method, BATCH)
      const unshared = explainBatch(unsharedForward(network, copies, rows), w, x, options)
      expect(copies.given.size).toBeGreaterThan(0)
      expect(shared.relevance.some((value) => value !== 0)).toBe(true)
      expect(deviation(shared.logits, unshared.logits)).toBeLessThan(REORDERED)
      expect(deviation(shared.relevance, unshared.relevance)).toBeLessThan(REORDERED)
      tf.dispose([w, x])
    },
  )

  it('has for every shared kernel and bias the sum of the unshared gradients', () => {
    const shared = trainingGradients(network, network.forward)
    const copies = noCopies()
    const summed = trainingGradients(network, unsharedForward(network, copies))
    for (const [i, gradient] of shared.entries()) {
      expect(gradient.some((value) => value !== 0)).toBe(true)
      expect(deviation(gradient, summed[i]!)).toBeLessThan(5e-6)
    }
    // The sum is over copies with gradients of their own, not over one gradient that each of them received.
    const several = [...copies.gradients.values()].filter((gradients) => gradients.length > 1)
    expect(several.length).toBeGreaterThanOrEqual(name.endsWith('lstm') ? 4 : 3)
    for (const gradients of several) {
      const distinct = new Set(gradients.map((gradient) => gradient.join()))
      expect(distinct.size).toBeGreaterThan(1)
    }
  })
})
