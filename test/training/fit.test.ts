import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { assembleBatch, batchLabels } from '../../src/data/batches.js'
import {
  type BatchProgress,
  evaluateNetwork,
  type FitSettings,
  fit as runFit,
} from '../../src/training/fit.js'
import { layoutOf } from '../../src/training/layout.js'
import { toEffective } from '../../src/training/negative-bias.js'
import type { TrainingOptions } from '../../src/training/options.js'
import { learningRateAt } from '../../src/training/schedule.js'
import { type EpochRow, startState, type TrainingState } from '../../src/training/state.js'
import { lossAndAccuracy } from '../../src/training/step.js'
import { freshTrain, network, options, plain, train, validation } from './problem.js'

beforeAll(async () => {
  await useBackend()
})

const shallow = network()
const layout = layoutOf(shallow.specs)
const run = (changed: Partial<TrainingOptions> = {}, settings: Partial<FitSettings> = {}) =>
  runFit({ network: shallow, train, validation, options: { ...options, ...changed }, ...settings })

/** Effective parameters of a state at this moment. */
const effectiveOf = (state: TrainingState) =>
  toEffective(layout, state.trained, new Float32Array(layout.size))

/** Parameters without a thought in them. */
const wreck = (state: TrainingState) => state.trained.fill(0)

describe('fit', () => {
  it('learns: the loss falls and nearly all validation sequences come out right', async () => {
    const { state, ending } = await run({ epochs: 25, keepProbability: 1 })
    expect(ending).toBe('finished')
    const [first, last] = [state.history[0]!, state.history[24]!]
    expect(last.loss).toBeLessThan(first.loss / 3)
    expect(last.validationAccuracy).toBeGreaterThan(0.9)
  })

  it.each(['r-lstm', 'convdeep'])('is a function of the seed: %s', async (name) => {
    const train1 = (seed: number) => run({ epochs: 1, seed }, { network: network(name) })
    const [one, again, other] = [await train1(1), await train1(1), await train1(2)]
    expect(plain(again.state)).toEqual(plain(one.state))
    expect(plain(other.state).trained).not.toEqual(plain(one.state).trained)
  })

  it('tells the progress after every batch, with the means of the epoch so far', async () => {
    const told: BatchProgress[] = []
    const { state } = await run({}, { onBatch: (progress) => told.push({ ...progress }) })
    expect(told.map(({ epoch, batch, batches }) => [epoch, batch, batches])).toEqual(
      [0, 1].flatMap((epoch) => [1, 2, 3, 4, 5].map((batch) => [epoch, batch, 5])),
    )
    for (const [epoch, row] of state.history.entries()) {
      expect(told[5 * epoch + 4]).toMatchObject({ loss: row.loss, accuracy: row.accuracy })
    }
    // The rest of two sequences counts as two, not as a batch.
    const sequences = [10, 10, 10, 10, 2]
    const own = told.slice(0, 5).map(({ accuracy }, i, all) => {
      const seen = (k: number) => sequences.slice(0, k + 1).reduce((sum, n) => sum + n, 0)
      return accuracy * seen(i) - (i > 0 ? all[i - 1]!.accuracy * seen(i - 1) : 0)
    })
    for (const [i, correct] of own.entries()) {
      expect(Math.abs(correct - Math.round(correct))).toBeLessThan(1e-9)
      expect(correct).toBeLessThanOrEqual(sequences[i]! + 1e-9)
    }
  })

  it('has a history row per epoch: the rate it started with and the validation of what it ended with', async () => {
    const rows: EpochRow[] = []
    const ends: Float32Array[] = []
    const { state } = await run(
      { epochs: 3 },
      {
        onEpoch: (row, state) => {
          rows.push(row)
          ends.push(effectiveOf(state))
          expect([state.epoch, state.batch, state.lossSum, state.correct]).toEqual([row.epoch + 1, 0, 0, 0])
        },
      },
    )
    expect(state.history).toEqual(rows)
    for (const [epoch, row] of rows.entries()) {
      expect(row.epoch).toBe(epoch)
      expect(row.learningRate).toBe(learningRateAt('cosine', options.learningRate, epoch / 3))
      const { loss, accuracy } = await evaluateNetwork(shallow, ends[epoch]!, validation)
      expect([row.validationLoss, row.validationAccuracy]).toEqual([loss, accuracy])
    }
  })

  it('follows the schedule from batch to batch', async () => {
    // Where Adam's step is nearly the rate: the first steps of each batch differ as the rates do.
    const moves = async (schedule: 'constant' | 'cosine') => {
      const state = startState(layout, 1)
      const before = state.trained.slice()
      const moved: number[] = []
      // Stopped after each batch, so that the state is that of the batch.
      for (let batch = 0; batch < 10; batch++) {
        const controller = new AbortController()
        const { signal } = controller
        await run(
          { schedule, epochs: 2, keepProbability: 1 },
          { state, signal, onBatch: () => controller.abort() },
        )
        moved.push(Math.max(...state.trained.map((value, i) => Math.abs(value - before[i]!))))
        before.set(state.trained)
        state.adam.m.fill(0)
        state.adam.v.fill(0)
        state.adam.steps = 0
      }
      return moved
    }
    const [constant, cosine] = [await moves('constant'), await moves('cosine')]
    for (let i = 0; i < 10; i++) {
      expect(constant[i]! / options.learningRate).toBeCloseTo(1, 2)
      expect(cosine[i]! / learningRateAt('cosine', options.learningRate, i / 10)).toBeCloseTo(1, 2)
    }
  })

  it('reads fresh sequences each epoch where they are asked for, the same ones otherwise', async () => {
    const losses = async (train: FitSettings['train']) => {
      // At a rate of next to nothing the loss changes with the sequences alone.
      const { state } = await run({ learningRate: 1e-30, keepProbability: 1, epochs: 2 }, { train })
      return state.history.map(({ loss }) => loss)
    }
    const [same, fresh] = [await losses(train), await losses(freshTrain)]
    expect(same[1]).toBeCloseTo(same[0]!, 6)
    expect(Math.abs(fresh[1]! - fresh[0]!)).toBeGreaterThan(1e-4)
    expect(fresh[0]).toBeCloseTo(same[0]!, 6)
  })

  /** The loss of every batch, where the parameters stay as they are. */
  async function batchLosses(train: FitSettings['train'], changed: Partial<TrainingOptions>) {
    const losses: number[] = []
    let before = 0
    const onBatch = ({ batch, loss }: BatchProgress) => {
      const total = loss * Math.min(10 * batch, train.count)
      losses.push((total - (batch === 1 ? 0 : before)) / Math.min(10, train.count - 10 * (batch - 1)))
      before = total
    }
    await run({ learningRate: 1e-30, batchSize: 10, epochs: 2, ...changed }, { train, onBatch })
    return losses
  }

  it('goes through the sequences in another order each epoch', async () => {
    const losses = await batchLosses(train, { keepProbability: 1 })
    const [first, second] = [losses.slice(0, 5), losses.slice(5)]
    expect(Math.max(...first.map((loss, i) => Math.abs(loss - second[i]!)))).toBeGreaterThan(1e-3)
  })

  it('draws other dropout masks for every batch of every epoch', async () => {
    const alike = {
      ...train,
      count: 40,
      items: repeated(train.items.subarray(0, 3), 120),
      labels: Uint8Array.from(repeated(train.labels.subarray(0, 1), 40)),
    }
    const distinct = (losses: number[]) => new Set(losses.map((loss) => loss.toFixed(5))).size
    expect(distinct(await batchLosses(alike, { keepProbability: 1 }))).toBe(1)
    for (const dropout of ['perStep', 'perSequence'] as const)
      expect(distinct(await batchLosses(alike, { keepProbability: 0.5, dropout }))).toBe(8)
  })

  it('drops out in training alone, as it is told', async () => {
    const parametersWith = async (changed: Partial<TrainingOptions>) =>
      plain((await run({ epochs: 1, ...changed })).state).trained
    const [none, alsoNone] = [
      await parametersWith({ keepProbability: 1, dropout: 'perStep' }),
      await parametersWith({ keepProbability: 1, dropout: 'perSequence' }),
    ]
    expect(alsoNone).toEqual(none)
    const [perStep, perSequence, weaker] = [
      await parametersWith({ dropout: 'perStep' }),
      await parametersWith({ dropout: 'perSequence' }),
      await parametersWith({ keepProbability: 0.9 }),
    ]
    expect(new Set([none, perStep, perSequence, weaker].map((values) => values.join())).size).toBe(4)
  })

  it('leaves no tensor behind', async () => {
    await run({ epochs: 1 })
    const before = tf.memory().numTensors
    await run({ epochs: 1 })
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('the best epoch', () => {
  it('is kept when later epochs are worse', async () => {
    let best: Float32Array | null = null
    const { state } = await run(
      { epochs: 6, keepProbability: 1 },
      {
        onEpoch: (row, state) => {
          if (row.epoch === 2) best = effectiveOf(state)
          if (row.epoch >= 2) wreck(state)
        },
      },
    )
    expect(state.history.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5])
    const accuracies = state.history.map(({ validationAccuracy }) => validationAccuracy)
    expect(Math.max(...accuracies.slice(3))).toBeLessThan(accuracies[2]!)
    expect(state.best.epoch).toBe(2)
    expect(state.best.effective).toEqual(best)
  })

  it('is the one of highest validation accuracy, and among equals of lowest validation loss', async () => {
    for (const seed of [1, 2, 3]) {
      const { state } = await run({ epochs: 8, seed, learningRate: 0.03 })
      const order = [...state.history].sort(
        (a, b) => b.validationAccuracy - a.validationAccuracy || a.validationLoss - b.validationLoss,
      )
      expect(state.best.epoch).toBe(order[0]!.epoch)
      const { loss, accuracy } = await evaluateNetwork(shallow, state.best.effective, validation)
      expect([loss, accuracy]).toEqual([order[0]!.validationLoss, order[0]!.validationAccuracy])
    }
  })
})

describe('early stopping', () => {
  const wreckAfter = (epoch: number): Pick<FitSettings, 'onEpoch'> => ({
    onEpoch: (row, state) => {
      if (row.epoch >= epoch) wreck(state)
    },
  })

  it('ends a training after so many epochs without a better one', async () => {
    const { state, ending } = await run({ epochs: 20, keepProbability: 1, patience: 2 }, wreckAfter(3))
    expect([ending, state.best.epoch, state.history.length]).toEqual(['stopped early', 3, 6])
  })

  it('does not end one that goes on getting better, nor any without patience', async () => {
    const never = await run({ epochs: 6, keepProbability: 1 }, wreckAfter(1))
    expect([never.ending, never.state.history.length]).toEqual(['finished', 6])
    const patient = await run({ epochs: 4, keepProbability: 1, patience: 4 }, wreckAfter(0))
    expect([patient.ending, patient.state.history.length]).toEqual(['finished', 4])
  })

  it('also ends a training that was stopped just then and taken up again', async () => {
    const settings = wreckAfter(0)
    const { state } = await run({ epochs: 10, keepProbability: 1, patience: 1 }, settings)
    const before = plain(state)
    const again = await run({ epochs: 10, keepProbability: 1, patience: 1 }, { ...settings, state })
    expect(again.ending).toBe('stopped early')
    expect(plain(again.state)).toEqual(before)
  })
})

/** The state of a training that is stopped after some batches. */
async function stoppedAfter(count: number): Promise<TrainingState> {
  const controller = new AbortController()
  let batches = 0
  const onBatch = () => {
    if (++batches === count) controller.abort()
  }
  return (await run({}, { signal: controller.signal, onBatch })).state
}

describe('a loss that is not finite', () => {
  it('stops the training at once, naming epoch and batch, and leaves the best epoch as it was', async () => {
    const state = await stoppedAfter(7)
    state.trained[0] = Number.NaN
    let batches = 0
    const onBatch = () => batches++
    await expect(run({}, { state, onBatch })).rejects.toThrow(
      'the loss is NaN at epoch 2, batch 3; try a learning rate below 0.01',
    )
    expect([batches, state.epoch, state.batch, state.history.length, state.best.epoch]).toEqual([
      0, 1, 2, 1, 0,
    ])
    expect(state.best.effective.every(Number.isFinite)).toBe(true)
  })

  it('stops it at the validation too, before a worthless epoch becomes the best', async () => {
    const state = await stoppedAfter(4)
    // The last batch of the epoch moves every parameter out of range.
    state.adam.m.fill(1e38)
    await expect(run({}, { state })).rejects.toThrow(/the validation loss is \S+ at the end of epoch 1; try/)
    expect([state.history.length, state.best.epoch]).toEqual([0, -1])
  })

  it('is what an absurd learning rate comes to', async () => {
    await expect(run({ learningRate: 1e30, epochs: 5 })).rejects.toThrow(
      /loss is \S+ at .*epoch \d.*; try a learning rate below 1e\+30/,
    )
  })
})

describe('a training', () => {
  it('is refused with an option out of range before anything is done', async () => {
    const state = startState(layout, 1)
    const before = plain(state)
    await expect(run({ keepProbability: 0 }, { state })).rejects.toThrow(
      'keepProbability is 0; it must be in (0, 1]',
    )
    await expect(run({ epochs: 0.5 }, { state })).rejects.toThrow('epochs is 0.5')
    expect(plain(state)).toEqual(before)
  })

  it('of no epochs more than a state has gone through changes nothing', async () => {
    const { state } = await run()
    const before = plain(state)
    const { ending } = await run({}, { state })
    expect(ending).toBe('finished')
    expect(plain(state)).toEqual(before)
  })
})

describe('evaluating', () => {
  it('weighs every sequence alike, however they fall into batches', async () => {
    const many = {
      ...validation,
      count: 520,
      items: repeated(validation.items, 520 * 3),
      labels: Uint8Array.from(repeated(validation.labels, 520)),
    }
    const { effective } = startState(layout, 4).best
    const { loss, accuracy } = await evaluateNetwork(shallow, effective, many)
    const which = Array.from({ length: 520 }, (_, i) => i)
    const direct = lossAndAccuracy(shallow.forward, layout, effective, {
      x: assembleBatch(many, which, new Float32Array(520 * 4 * 12)),
      shape: [520, 4, 12],
      labels: batchLabels(many, which),
    })
    expect(loss).toBeCloseTo(direct.loss, 5)
    expect(accuracy).toBe(direct.correct / 520)
  })
})

function repeated(values: Int32Array | Uint8Array, length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => values[i % values.length]!)
}
