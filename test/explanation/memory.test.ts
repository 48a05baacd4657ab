import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { explainBatch } from '../../src/explanation/index.js'
import type { Forward } from '../../src/network/operations.js'
import { byName, randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { tensorsLeft } from '../network/tensors.js'
import { methodsOfFewWalks } from './few-walks.js'
import { walksOf } from './walks.js'

beforeAll(async () => {
  await useBackend()
})

describe.each(byName)('explaining %s', (_name, architecture) => {
  const network = randomNetwork(architecture)

  it('leaves no tensor behind, by any method, recorded or not', () => {
    const [w, x] = [tensorsOf(network), randomSequences(3)]
    for (const method of methodsOfFewWalks) {
      for (const record of [false, true]) {
        const left = tensorsLeft(() =>
          explainBatch(network.forward, w, x, {
            method,
            target: 'prediction',
            geometry: TINY,
            items: TINY.steps,
            record,
          }),
        )
        expect([method.id, record, left]).toEqual([method.id, record, 0])
      }
    }
    tf.dispose([w, x])
  })

  const fail = () => {
    throw new Error('in the middle')
  }
  const failures: [string, Forward, string, number][] = [
    ['a wrong target after the forward pass', network.forward, 'not a class', 99],
    [
      'an error half way through the network',
      (ops, w, x) =>
        network.forward(
          { ...ops, affine: (...layer) => (layer[0] === 'readout' ? fail() : ops.affine(...layer)) },
          w,
          x,
        ),
      'in the middle',
      0,
    ],
    [
      'an operation that cannot be differentiated',
      (ops, w, x) => network.forward({ ...ops, relu: (x) => tf.mul(ops.relu(x), 2) }, w, x),
      'gradient function not found',
      0,
    ],
    [
      'sequences of another size',
      (ops, w, x) => network.forward(ops, w, tf.concat([x, x], 1) as Tensor3D),
      'sequences have shape',
      0,
    ],
  ]
  it.each(failures)('leaves no tensor behind after %s', (_what, forward, message, target) => {
    // What does not differentiate does not fail there.
    const differentiating = message.startsWith('gradient')
    const [w, x] = [tensorsOf(network), randomSequences(3)]
    for (const method of methodsOfFewWalks.filter(
      (method) => !differentiating || walksOf(method).length > 0,
    )) {
      const left = tensorsLeft(() =>
        expect(() =>
          explainBatch(forward, w, x, { method, target, geometry: TINY, items: TINY.steps, record: true }),
        ).toThrow(message),
      )
      expect([method.id, left]).toEqual([method.id, 0])
    }
    tf.dispose([w, x])
  })
})
