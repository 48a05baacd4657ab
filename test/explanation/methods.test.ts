import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, method, methods, posterMethods } from '../../src/catalogue/index.js'
import type { Method } from '../../src/explanation/index.js'
import { randomNetwork, randomSequences, tensorsOf } from '../architectures/networks.js'

beforeAll(async () => {
  await useBackend()
})

const RANGE = { low: -1, high: 1 }

/** The signal that reaches x through one operation of a method. */
function through(method: Method, x: Tensor2D, signal: Tensor2D, name: 'relu' | 'sigmoid' | 'gate'): number[] {
  const pass = method.operations(RANGE, null)
  const compute = (x: Tensor) =>
    name === 'gate' ? pass.gate(tf.fill([1, 6], 0.25), x as Tensor2D) : pass[name](x)
  return Array.from(tf.grad(compute)(x, signal).dataSync(), (value) => value + 0)
}

describe('the methods', () => {
  it('are found by name, and an unknown name is refused with those there are', () => {
    const names = ['sensitivity', 'gradientTimesInput', 'guidedBackprop', 'deepTaylor', 'lrpAlpha2Beta1']
    expect(methods.map(({ id }) => id)).toEqual(names)
    expect(names.map((name) => method(name).id)).toEqual(names)
    expect(posterMethods.map(({ id }) => id)).toEqual(['sensitivity', 'guidedBackprop', 'deepTaylor'])
    expect(() => method('smoothGrad')).toThrow(
      `method 'smoothGrad' is unknown; there are ${names.join(', ')}`,
    )
  })

  it('start from 1, or from relu(f) where relevance is conserved', () => {
    for (const { id: name, start, conserves } of methods) {
      const propagates = name === 'deepTaylor' || name.startsWith('lrp')
      expect([name, start, conserves]).toEqual([name, propagates ? 'positive' : 'one', propagates])
    }
  })
})

describe('guided backprop', () => {
  const x = () => tf.tensor2d([-1, -1, 0, 2, 2, 2], [1, 6])
  const signal = () => tf.tensor2d([3, -3, 3, 3, -3, 0], [1, 6])

  it('passes a signal through relu only where activation and signal are positive', () => {
    expect(through(method('guidedBackprop'), x(), signal(), 'relu')).toEqual([0, 0, 0, 3, 0, 0])
    expect(through(method('sensitivity'), x(), signal(), 'relu')).toEqual([0, 0, 0, 3, -3, 0])
  })

  it('passes the ordinary gradient through sigmoids and products', () => {
    for (const operation of ['sigmoid', 'gate'] as const) {
      const guided = through(method('guidedBackprop'), x(), signal(), operation)
      expect(guided).toEqual(through(method('gradientTimesInput'), x(), signal(), operation))
      expect(guided.some((value) => value < 0)).toBe(true)
    }
  })
})

describe.each(methods.map((method) => [method.id, method] as const))(
  'the operations of %s',
  (_name, method) => {
    it('refuse to differentiate a network with respect to any parameter', () => {
      for (const name of ['shallow', 'r-lstm', 'convdeep']) {
        const network = randomNetwork(architecture(name))
        const [w, x] = [tensorsOf(network), randomSequences(2)]
        for (const parameter of Object.keys(w)) {
          const pass = method.operations(RANGE, null)
          const train = () =>
            tf.grads((value: Tensor) => network.forward(pass, { ...w, [parameter]: value }, x))([
              w[parameter]!,
            ])
          expect(train, parameter).toThrow('Cannot compute gradient')
          const both = () =>
            tf.grads((x: Tensor, value: Tensor) =>
              network.forward(pass, { ...w, [parameter]: value }, x as Tensor3D),
            )([x, w[parameter]!])
          expect(both, parameter).toThrow('Cannot compute gradient')
          pass.dispose()
        }
        tf.dispose([w, x])
      }
    })
  },
)
