import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { checkParameters, layer, type NamedValues, sizeOf, toTensors } from '../../src/network/parameters.js'

beforeAll(async () => {
  await useBackend()
})

const specs = [...layer('hidden', [2, 3]), ...layer('gate', [2, 1], 'freeBias')]
const good: NamedValues = {
  'hidden.kernel': { shape: [2, 3], values: Float32Array.of(1, -2, 3, -4, 5, -6) },
  'hidden.bias': { shape: [3], values: Float32Array.of(0, -1, -2) },
  'gate.kernel': { shape: [2, 1], values: Float32Array.of(1, 2) },
  'gate.bias': { shape: [1], values: Float32Array.of(3) },
}

describe('parameters', () => {
  it('of a layer are a kernel and one bias per output', () => {
    expect(layer('conv', [5, 5, 1, 24])).toEqual([
      { name: 'conv.kernel', shape: [5, 5, 1, 24], kind: 'kernel' },
      { name: 'conv.bias', shape: [24], kind: 'negativeBias' },
    ])
    expect(specs.map(({ kind }) => kind)).toEqual(['kernel', 'negativeBias', 'kernel', 'freeBias'])
  })

  it('have as many values as the product of their lengths', () => {
    expect([sizeOf([]), sizeOf([7]), sizeOf([5, 5, 1, 24]), sizeOf([3, 0])]).toEqual([1, 7, 600, 0])
  })

  it('that fit are accepted, a free bias above 0 and a bias of 0 among them', () => {
    expect(() => checkParameters(specs, good)).not.toThrow()
  })

  const { 'gate.bias': _, ...missing } = good
  const bias = (...values: number[]) => ({
    ...good,
    'hidden.bias': { shape: [3], values: Float32Array.of(...values) },
  })
  it.each([
    ['one that is missing', missing, 'parameter gate.bias [1] is missing'],
    [
      'one the network does not have',
      { ...good, extra: good['gate.bias']! },
      'unknown parameter extra; this network has hidden.kernel, hidden.bias',
    ],
    [
      'another shape',
      { ...good, 'hidden.kernel': { ...good['hidden.kernel']!, shape: [3, 2] } },
      'hidden.kernel has shape [3,2] and 6 values; the network needs [2,3]',
    ],
    ['too few values', bias(-1, -2), 'hidden.bias has shape [3] and 2 values'],
    ['not a number', bias(-1, Number.NaN, 0), 'hidden.bias holds a value that is not finite'],
    [
      'an infinite value',
      bias(-1, Number.NEGATIVE_INFINITY, 0),
      'hidden.bias holds a value that is not finite',
    ],
    ['a positive bias', bias(-1, 1e-6, 0), 'hidden.bias holds a positive bias'],
  ])('are refused by name: %s', (_what, values, message) => {
    expect(() => checkParameters(specs, values)).toThrow(message)
  })

  it('become tensors of their shape and values', () => {
    const tensors = toTensors(good)
    expect(Object.keys(tensors)).toEqual(Object.keys(good))
    expect(tensors['hidden.kernel']!.arraySync()).toEqual([
      [1, -2, 3],
      [-4, 5, -6],
    ])
    tf.dispose(tensors)
  })
})
