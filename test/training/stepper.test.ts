import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { assembleBatch, batchLabels } from '../../src/data/batches.js'
import { randomStream } from '../../src/data/random.js'
import { dropoutMasks } from '../../src/training/dropout.js'
import { layoutOf } from '../../src/training/layout.js'
import { toEffective } from '../../src/training/negative-bias.js'
import { startState } from '../../src/training/state.js'
import { type Batch, lossAndGradient } from '../../src/training/step.js'
import { Stepper } from '../../src/training/stepper.js'
import { tensorsLeft } from '../network/tensors.js'
import { chainThroughBias } from './chained.js'
import { network, plain, train } from './problem.js'

beforeAll(async () => {
  await useBackend()
})

const batchAt = (start: number): Batch => {
  const which = [0, 1, 2, 3].map((i) => (start + 5 * i) % train.count)
  return {
    x: assembleBatch(train, which, new Float32Array(4 * 4 * 12)),
    shape: [4, 4, 12],
    labels: batchLabels(train, which),
  }
}

describe.each(['shallow', 'r-lstm', 'convdeep'])('the steps of a training of %s', (name) => {
  const { specs, forward } = network(name)
  const layout = layoutOf(specs)
  const masksOf = dropoutMasks('perStep', 0.8)
  const masks = (step: number) => masksOf(4, randomStream(step, 'masks'))

  it('are Adam in double precision on the gradient of the effective parameters', () => {
    const state = startState(layout, 1)
    const trained = state.trained.slice()
    const [m, v] = [new Float64Array(layout.size), new Float64Array(layout.size)]
    const effective = new Float32Array(layout.size)
    const gradient = new Float32Array(layout.size)
    const stepper = new Stepper(forward, layout, state)
    for (let t = 1; t <= 5; t++) {
      const rate = 0.01 / t
      const result = stepper.step(batchAt(t), rate, masks(t))
      toEffective(layout, trained, effective)
      const expected = lossAndGradient(forward, layout, effective, batchAt(t), gradient, masks(t))
      expect(result.loss).toBeCloseTo(expected.loss, 4)
      expect(result.correct).toBe(expected.correct)
      chainThroughBias(layout, trained, gradient)
      for (const [i, g] of gradient.entries()) {
        m[i] = 0.9 * m[i]! + 0.1 * g
        v[i] = 0.999 * v[i]! + 0.001 * g * g
        const [mHat, vHat] = [m[i]! / (1 - 0.9 ** t), v[i]! / (1 - 0.999 ** t)]
        trained[i] = trained[i]! - (rate * mHat) / (Math.sqrt(vHat) + 1e-8)
      }
    }
    stepper.save()
    stepper.dispose()
    expect(state.adam.steps).toBe(5)
    // A gradient next to 0 may have another sign in another order of sums, and Adam moves by the sign at first.
    const far = [...state.trained].filter((value, i) => Math.abs(value - trained[i]!) > 1e-4)
    expect(far.length).toBeLessThan(0.01 * layout.size)
  })

  it('are the same to the last bit when saved and taken up again', () => {
    const [one, two] = [startState(layout, 1), startState(layout, 1)]
    const through = new Stepper(forward, layout, one)
    for (const t of [1, 2, 3, 4]) through.step(batchAt(t), 0.01, masks(t))
    through.save()
    through.dispose()
    for (const part of [
      [1, 2],
      [3, 4],
    ]) {
      const stepper = new Stepper(forward, layout, two)
      for (const t of part) stepper.step(batchAt(t), 0.01, masks(t))
      stepper.save()
      stepper.dispose()
    }
    expect(plain(two)).toEqual(plain(one))
  })

  it('leave the state as it is until it is saved, and no tensor when they are done', () => {
    const state = startState(layout, 1)
    const before = plain(state)
    const left = tensorsLeft(() => {
      const stepper = new Stepper(forward, layout, state)
      expect(tensorsLeft(() => stepper.step(batchAt(1), 0.01, masks(1)))).toBe(0)
      expect(tensorsLeft(() => stepper.step(batchAt(2), 0.01, masks(2)))).toBe(0)
      expect(plain(state)).toEqual(before)
      stepper.save()
      expect(plain(state)).not.toEqual(before)
      stepper.dispose()
    })
    expect(left).toBe(0)
  })
})
