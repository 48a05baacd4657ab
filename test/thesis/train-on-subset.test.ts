import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { type Experiment, experiment } from '../../src/thesis/models/experiment.js'
import { experimentFolder, subsetOf, trainOnSubset } from '../../src/thesis/models/train-on-subset.js'
import { type DisplayFactory, trainWithProgress } from '../../src/thesis/models/train-with-progress.js'
import { isUnfinished } from '../../src/thesis/models/unfinished-model.js'
import { tinySequences } from './tiny.js'

const folder = mkdtempSync(join(projectRoot(), 'node_modules', '.thesis-experiment-'))
afterAll(() => rmSync(folder, { recursive: true }))

const parameters = {
  dataset: 'mnist-maj',
  network: 'shallow',
  sequences: 200,
  epochs: 2,
  batchSize: 50,
  learningRate: 2e-3,
  schedule: 'cosine',
  keepProbability: 0.9,
  dropout: 'perStep',
  patience: 0,
  seed: 1,
  freshSequences: false,
} as const

/** The experiment with few neurons. */
const tiny = (changes: Partial<Experiment> = {}): Experiment => ({
  ...experiment(parameters),
  units: { hidden: 8, recurrent: 8 },
  ...changes,
})

describe('an experiment', () => {
  test('names the parameter that is out of range', () => {
    expect(() => experiment({ ...parameters, keepProbability: 0 })).toThrow(/keepProbability is 0/)
    expect(() => experiment({ ...parameters, sequences: 0.5 })).toThrow(/sequences is 0.5/)
    expect(() => experiment({ ...parameters, network: 'mlp' })).toThrow(/'mlp' is unknown/)
  })

  test('never stops early at patience 0', () => {
    expect(experiment(parameters).training.patience).toBeNull()
    expect(experiment({ ...parameters, patience: 3 }).training.patience).toBe(3)
  })

  test('has an address of its own for every number of sequences', () => {
    expect(experimentFolder(tiny({ sequences: 300 }))).not.toBe(experimentFolder(tiny()))
  })
})

describe('a subset', () => {
  const sequences = tinySequences(150)

  test('is the same problem made from some of the images only', () => {
    const subset = subsetOf(sequences, 80)
    expect(subset.count).toBe(80)
    const anchors = new Set(subset.anchors)
    expect([...subset.items].every((image) => anchors.has(image))).toBe(true)
    expect(subset).toMatchObject({ rows: 28, columns: 84, steps: 12, split: sequences.split })
  })

  test('of everything is everything', () => {
    expect(subsetOf(sequences, 150)).toBe(sequences)
    expect(subsetOf(sequences, 48_000)).toBe(sequences)
  })
})

describe('training on a subset', () => {
  test('loads what the same experiment trained before', async () => {
    const trained = await trainOnSubset(tiny(), { folder })
    expect(trained?.result.history).toHaveLength(2)
    const started: unknown[] = []
    const again = await trainOnSubset(tiny(), { folder, onStart: (state) => started.push(state) })
    expect(started).toEqual([])
    expect(again).toEqual(trained)
  })

  test('goes on where it was interrupted, with the same result', async () => {
    const whole = await trainOnSubset(tiny({ sequences: 220 }), { folder: join(folder, 'whole') })
    const controller = new AbortController()
    const stopped = await trainOnSubset(tiny({ sequences: 220 }), {
      folder,
      signal: controller.signal,
      onBatch: ({ epoch, batch }) => {
        if (epoch === 1 && batch === 2) controller.abort()
      },
    })
    expect(isUnfinished(stopped)).toBe(true)
    expect(stopped.result).toMatchObject({ bestEpoch: 0, history: [whole.result.history[0]] })
    expect(stopped.result.testAccuracy).toBeGreaterThan(0)
    const starts: number[] = []
    const resumed = await trainOnSubset(tiny({ sequences: 220 }), {
      folder,
      onStart: (state) => starts.push(state?.epoch ?? -1),
    })
    expect(starts).toEqual([1])
    expect(resumed?.parameters).toEqual(whole?.parameters)
  })

  test('interrupted before the first epoch has ended gives the parameters as they stand', async () => {
    const run = tiny({ sequences: 230 })
    const stopAfter = (batches: number) => {
      const controller = new AbortController()
      const onBatch = ({ batch }: { batch: number }) => {
        if (batch === batches) controller.abort()
      }
      return trainOnSubset(run, { folder, signal: controller.signal, onBatch })
    }
    const first = await stopAfter(1)
    expect(first.result).toMatchObject({ bestEpoch: -1, history: [], ending: 'interrupted' })
    expect((await stopAfter(2)).parameters).not.toEqual(first.parameters)
  })

  test('on a display shows every epoch, also when it only loads', async () => {
    const log: string[] = []
    const display: DisplayFactory = ({ label, total, start }) => {
      log.push(`${label}: ${start} to ${total}`)
      return {
        update: (done, values = {}) => {
          if ('validation loss' in values) log.push(`epoch ${done}`)
        },
        finish: (ended) => log.push(`${ended}`),
      }
    }
    const untrained = tiny({ sequences: 210 })
    await trainWithProgress(untrained, { display, folder })
    expect(log).toEqual(['Shallow on 210 sequences: 0 to 2', 'epoch 1', 'epoch 2', 'finished'])
    log.length = 0
    await trainWithProgress(untrained, { display, folder })
    expect(log.slice(1)).toEqual(['epoch 1', 'epoch 2', 'loaded from its checkpoint'])
  })
})
