import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { assembleBatch, batchLabels } from '../../src/data/batches.js'
import { randomStream } from '../../src/data/random.js'
import type { Forward } from '../../src/network/operations.js'
import { layer } from '../../src/network/parameters.js'
import { dropoutMasks } from '../../src/training/dropout.js'
import { layoutOf } from '../../src/training/layout.js'
import { startState } from '../../src/training/state.js'
import { type Batch, lossAndAccuracy, lossAndGradient } from '../../src/training/step.js'
import { Stepper } from '../../src/training/stepper.js'
import { tensorsLeft } from '../network/tensors.js'
import { network, train } from './problem.js'

beforeAll(async () => {
  await useBackend()
})

const which = [0, 5, 7, 11]
const batch: Batch = {
  x: assembleBatch(train, which, new Float32Array(4 * 4 * 12)),
  shape: [4, 4, 12],
  labels: batchLabels(train, which),
}

/** A network's start, and a step on the batch. */
function setUp(name: string) {
  const { specs, forward } = network(name)
  const layout = layoutOf(specs)
  const { effective } = startState(layout, 1).best
  const step = (of: Forward = forward, into = new Float32Array(layout.size)) => {
    const result = lossAndGradient(of, layout, effective, batch, into)
    return { ...result, gradient: into }
  }
  return { layout, forward, effective, step }
}

describe.each(['shallow', 'r-lstm', 'convdeep'])('a training step of %s', (name) => {
  const { layout, forward, effective, step } = setUp(name)

  it('has the loss and accuracy of the evaluation where nothing is dropped', () => {
    const { loss, correct } = step()
    const evaluated = lossAndAccuracy(forward, layout, effective, batch)
    expect(loss).toBeCloseTo(evaluated.loss, 5)
    expect(correct).toBe(evaluated.correct)
  })

  it('is the same when done again, and leaves the parameters as they are', () => {
    const before = effective.slice()
    expect(step()).toEqual(step())
    expect(effective).toEqual(before)
  })

  it('leaves no tensor behind, with dropout or without, nor does an evaluation', () => {
    step()
    const gradient = new Float32Array(layout.size)
    for (const kind of ['perStep', 'perSequence'] as const) {
      const left = tensorsLeft(() => {
        for (let i = 0; i < 3; i++) {
          const masks = dropoutMasks(kind, 0.5)(4, randomStream(i, 'masks'))
          lossAndGradient(forward, layout, effective, batch, gradient, masks)
        }
      })
      expect(left).toBe(0)
    }
    expect(tensorsLeft(() => step())).toBe(0)
    expect(tensorsLeft(() => lossAndAccuracy(forward, layout, effective, batch))).toBe(0)
  })

  const failures: [string, Forward, string][] = [
    [
      'an error half way through the network',
      (ops, w, x) =>
        forward(
          {
            ...ops,
            affine: (...given) => {
              if (given[0] === 'readout') throw new Error('in the middle')
              return ops.affine(...given)
            },
          },
          w,
          x,
        ),
      'in the middle',
    ],
    [
      'an operation that cannot be differentiated',
      (ops, w, x) => forward({ ...ops, relu: (x) => tf.mul(ops.relu(x), 2) }, w, x),
      'gradient function not found',
    ],
    [
      'logits of too few classes',
      (ops, w, x) => tf.split<Tensor2D>(forward(ops, w, x), [1, 2], 1)[0]!,
      'is not a class',
    ],
  ]
  it.each(failures)(
    'leaves no tensor behind after %s, and the next step is as ever',
    (_what, failing, message) => {
      const expected = step()
      expect(tensorsLeft(() => expect(() => step(failing)).toThrow(message))).toBe(0)
      expect(step()).toEqual(expected)
    },
  )

  it('counts correct only the highest logit', () => {
    const logits = [
      [3, 1, 2],
      [0, 5, 5],
      [-3, -2, -1],
      [1, 1, 1],
    ]
    const fixed: Forward = () => tf.tensor2d(logits)
    const correctFor = (labels: number[]) =>
      lossAndAccuracy(fixed, layout, effective, { ...batch, labels: Int32Array.from(labels) }).correct
    expect(correctFor([0, 1, 2, 0])).toBe(4)
    expect(correctFor([1, 2, 0, 1])).toBe(0)
    expect(correctFor([0, 2, 2, 2])).toBe(2)
  })
})

describe.each(['shallow', 'r-lstm', 'convdeep'])('a step of %s in parts', (name) => {
  const COUNT = 50
  const many = Array.from({ length: COUNT }, (_, i) => i % train.count)
  const large: Batch = {
    x: assembleBatch(train, many, new Float32Array(COUNT * 4 * 12)),
    shape: [COUNT, 4, 12],
    labels: batchLabels(train, many),
  }
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  // A network of its own for each number of parts, since compiled steps belong to a network.
  function stepIn(parts: number, kind: 'perStep' | 'perSequence' | null) {
    vi.stubEnv('TF_NUM_INTEROP_THREADS', `${parts}`)
    const { layout, forward, effective } = setUp(name)
    const gradient = new Float32Array(layout.size)
    const masks = kind === null ? undefined : dropoutMasks(kind, 0.8)(COUNT, randomStream(1, 'masks'))
    const { loss, correct } = lossAndGradient(forward, layout, effective, large, gradient, masks)
    return { loss, correct, gradient }
  }

  it.each([null, 'perStep', 'perSequence'] as const)('is the step of the whole batch: dropout %s', (kind) => {
    const [whole, parts] = [stepIn(1, kind), stepIn(2, kind)]
    expect(parts.loss).toBeCloseTo(whole.loss, 5)
    expect(parts.correct).toBe(whole.correct)
    const largest = whole.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(largest).toBeGreaterThan(0)
    for (const [i, value] of parts.gradient.entries())
      expect(Math.abs(value - whole.gradient[i]!)).toBeLessThan(1e-5 * largest)
  })
})

describe('a computation that several networks share', () => {
  const readout: Forward = (ops, w, x) => {
    const pixels: Tensor2D = tf.reshape(x, [4, -1])
    const hidden = ops.relu(
      ops.affine('hidden', [ops.term(pixels, w['hidden.kernel']!, 'pixels')], w['hidden.bias']!),
    )
    return ops.affine('readout', [ops.term(hidden, w['readout.kernel']!, 'nonnegative')], w['readout.bias']!)
  }
  const layoutFor = (hidden: number, kind: 'negativeBias' | 'freeBias') =>
    layoutOf([...layer('hidden', [48, hidden], kind), ...layer('readout', [hidden, 3])])

  it('takes the steps of each: other sizes, and biases of another kind', () => {
    for (const [hidden, kind] of [
      [5, 'negativeBias'],
      [8, 'negativeBias'],
      [5, 'freeBias'],
      [5, 'negativeBias'],
    ] as const) {
      const layout = layoutFor(hidden, kind)
      const [shared, own] = [readout, (...given: Parameters<Forward>) => readout(...given)].map((forward) => {
        const state = startState(layout, 1)
        const stepper = new Stepper(forward, layout, state)
        const { loss } = stepper.step(batch, 0.01)
        stepper.save()
        stepper.dispose()
        return { loss, trained: state.trained }
      })
      expect(shared).toEqual(own)
    }
  })
})
