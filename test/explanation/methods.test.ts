import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architecture, method, methods, posterMethods } from '../../src/catalogue/index.js'
import { defineMethod, gradientWalk, type Method } from '../../src/explanation/index.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'
import { walkOf, walksOf } from './walks.js'

// Top-level, since a method has to be tried to know whether it walks.
await useBackend()

const RANGE = { low: -1, high: 1 }
const NAMES = [
  'sensitivity',
  'gradientTimesInput',
  'smoothGrad',
  'smoothGradSquared',
  'guidedBackprop',
  'guidedBackpropWithoutGates',
  'integratedGradients',
  'deepLift',
  'occlusionByItem',
  'occlusionByStep',
  'occlusionByPatch',
  'shapleyByItem',
  'deepTaylor',
  'deepTaylorWSquared',
  'deepTaylorFlat',
  'deepTaylorShifted',
  'deepTaylorGatesHalf',
  'deepTaylorGatesProportional',
  'deepTaylorGatesAbsolute',
  'lrpAlpha1Beta0',
  'lrpAlpha2Beta1',
  'lrpZero',
  'lrpEpsilon',
  'lrpGamma',
  'epsilonGammaBox',
  'randomRelevance',
  'uniformRelevance',
]

/** The signal that reaches x through one operation of a method's walk. */
function through(method: Method, x: Tensor2D, signal: Tensor2D, name: 'relu' | 'sigmoid' | 'gate'): number[] {
  const pass = walkOf(method).operations(RANGE, null)
  const compute = (x: Tensor) =>
    name === 'gate' ? pass.gate(tf.fill([1, 6], 0.25), x as Tensor2D) : pass[name](x)
  return Array.from(tf.grad(compute)(x, signal).dataSync(), (value) => value + 0)
}

describe('the methods', () => {
  it('are found by name, and an unknown name is refused with those there are', () => {
    expect(methods.map(({ id }) => id)).toEqual(NAMES)
    expect(NAMES.map((name) => method(name).id)).toEqual(NAMES)
    expect(posterMethods.map(({ id }) => id)).toEqual(['sensitivity', 'guidedBackprop', 'deepTaylor'])
    expect(() => method('fullGrad')).toThrow(`method 'fullGrad' is unknown; there are ${NAMES.join(', ')}`)
  })

  it.each([
    ['sensitivity', ['one'], undefined, undefined],
    ['gradientTimesInput', ['one'], undefined, undefined],
    ['smoothGrad', new Array(16).fill('one'), undefined, undefined],
    ['smoothGradSquared', new Array(16).fill('one'), undefined, undefined],
    ['guidedBackprop', ['one'], undefined, undefined],
    ['guidedBackpropWithoutGates', ['one'], undefined, undefined],
    ['integratedGradients', new Array(16).fill('one'), undefined, undefined],
    ['deepLift', ['one'], undefined, undefined],
    ['occlusionByItem', [], undefined, undefined],
    ['occlusionByStep', [], undefined, undefined],
    ['occlusionByPatch', [], undefined, undefined],
    ['shapleyByItem', [], undefined, undefined],
    ['deepTaylor', ['positive'], 'positive', true],
    ['deepTaylorWSquared', ['positive'], 'positive', undefined],
    ['deepTaylorFlat', ['positive'], 'positive', undefined],
    ['deepTaylorShifted', ['positive'], 'positive', true],
    ['deepTaylorGatesHalf', ['positive'], 'positive', true],
    ['deepTaylorGatesProportional', ['positive'], 'positive', true],
    ['deepTaylorGatesAbsolute', ['positive'], 'positive', true],
    ['lrpAlpha1Beta0', ['positive'], 'positive', true],
    ['lrpAlpha2Beta1', ['positive'], 'positive', false],
    ['lrpZero', ['logit'], 'logit', undefined],
    ['lrpEpsilon', ['logit'], 'logit', undefined],
    ['lrpGamma', ['positive'], 'positive', undefined],
    ['epsilonGammaBox', ['logit'], 'logit', undefined],
    ['randomRelevance', [], undefined, undefined],
    ['uniformRelevance', [], undefined, undefined],
  ])(
    '%s starts its walks from %j, has the ledger %s, and says of conserving: %s',
    (name, starts, ledger, conserves) => {
      const known = method(name)
      expect(walksOf(known).map(({ start }) => start)).toEqual(starts)
      expect([known.ledger, known.conserves]).toEqual([ledger, conserves])
    },
  )
})

describe('a definition of a method', () => {
  const whole = {
    id: 'steepness',
    title: 'Size of the gradient',
    attribute: ({ walk }) => walk(gradientWalk),
  } satisfies Method
  it.each([
    [{ id: 'a b' }, 'the method\'s id is "a b"; it must be letters, digits and hyphens, a letter first'],
    [{ id: '1st' }, 'the method\'s id is "1st"'],
    [{ id: 7 }, "the method's id is 7"],
    [{ title: ' ' }, "method 'steepness' has no title"],
    [{ title: undefined }, "method 'steepness' has no title"],
    [{ attribute: undefined }, "method 'steepness' has no function attribute"],
    [{ attribute: gradientWalk }, "method 'steepness' has no function attribute"],
    [{ ledger: 'one' }, "method 'steepness' has the ledger 'one'; allowed are logit and positive"],
    [{ ledger: null }, "method 'steepness' has the ledger 'null'"],
  ])('with %j is refused by name', (part, message) => {
    expect(() => defineMethod({ ...whole, ...part } as unknown as Method)).toThrow(message)
  })

  it('is the method itself', () => {
    expect(defineMethod(whole)).toBe(whole)
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

const twoSteps = { ...TINY, steps: 2 }
const firstWalk = (method: Method) => walksOf(method)[0]
// Methods that walk alike count once.
const walking = methods.filter(
  (method, i) =>
    firstWalk(method) !== undefined && methods.findIndex((m) => firstWalk(m) === firstWalk(method)) === i,
)

describe.each(walking.map((method) => [method.id, method] as const))(
  'the operations of %s',
  (_name, method) => {
    it('refuse to differentiate a network with respect to any parameter', () => {
      const [walk] = walksOf(method)
      for (const name of ['shallow', 'conv-r-lstm']) {
        const network = randomNetwork(architecture(name), twoSteps)
        const [w, x] = [tensorsOf(network), randomSequences(2, twoSteps)]
        for (const parameter of Object.keys(w)) {
          const pass = walk!.operations(RANGE, null)
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
