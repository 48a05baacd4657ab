import { describe, expect, test } from 'vitest'
import { mnistMaj } from '../../../src/data/sources/mnist-maj.js'
import { type ExperimentParameters, experiment } from '../../../src/thesis/models/experiment.js'
import { majority } from '../../../src/thesis/models/majority.js'
import { THESIS_PROBLEM } from '../../../src/thesis/models/problem.js'
import { recipe } from '../../../src/thesis/models/recipes.js'
import { sequencesOf, wholePlan } from '../../../src/thesis/models/subset.js'
import { blots, elman } from '../own.js'
import { halves } from './small.js'

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
} as const satisfies ExperimentParameters

describe('an experiment', () => {
  test('is the plan of its parameters', async () => {
    const { dataset, architecture, problem, units, training, sequences } = await experiment(parameters)
    expect([dataset, architecture.id, units]).toEqual([mnistMaj, 'shallow', { hidden: 256, recurrent: 256 }])
    expect(problem).toEqual(THESIS_PROBLEM)
    expect(sequences).toBe(200)
    expect(training).toEqual({
      epochs: 2,
      batchSize: 50,
      learningRate: 2e-3,
      schedule: 'cosine',
      keepProbability: 0.9,
      dropout: 'perStep',
      patience: null,
      seed: 1,
    })
  })

  test('takes every size of the problem, a network and a dataset of one’s own, and some units', async () => {
    const problem = { items: 5, majority: 3, classes: 2, stepColumns: 15, scan: 'rightToLeft' } as const
    const plan = await experiment({
      network: elman,
      dataset: blots,
      units: { memory: 5 },
      freshSequences: true,
      ...problem,
    })
    expect(plan).toEqual({
      architecture: elman,
      dataset: blots,
      problem: { ...THESIS_PROBLEM, ...problem, freshSequences: true },
      units: { memory: 5 },
      training: recipe(blots, elman).training,
    })
  })

  test('finds its network and dataset in files', async () => {
    const file = './test/thesis/own.ts'
    const plan = await experiment({ network: file, dataset: `${file}#blots` })
    expect([plan.architecture.id, plan.dataset.id]).toEqual(['elman', 'blots'])
  })

  test('on as many sequences as there are, or more, is one on all', async () => {
    const all = await experiment({ network: 'shallow', dataset: halves })
    expect(await experiment({ network: 'shallow', dataset: halves, sequences: 32 })).toEqual(all)
    expect(await wholePlan({ ...all, sequences: 99 })).toEqual(all)
    expect(await wholePlan({ ...all, sequences: 31 })).toEqual({ ...all, sequences: 31 })
  })

  test('never stops early at patience 0', async () => {
    expect((await experiment({ ...parameters, patience: 3 })).training.patience).toBe(3)
    expect((await experiment({ network: 'deep', dataset: halves })).training.patience).toBeNull()
  })

  test.each<[Record<string, unknown>, string]>([
    [
      { itmes: 5 },
      'parameter itmes is unknown; there are network, dataset, sequences, labels, units, items, majority',
    ],
    [{ network: undefined }, 'parameter network is missing'],
    [{ network: 'lstm' }, "network 'lstm' is unknown; there are shallow, deep"],
    [{ dataset: 'cifar' }, "dataset 'cifar' is unknown; there are mnist-maj, fashion-mnist-maj"],
    [{ labels: 'none' }, "labels is 'none'; allowed are own and shuffled"],
    [
      { labels: 'shuffled', freshSequences: true },
      'labels cannot be shuffled where each epoch draws fresh sequences',
    ],
    [{ keepProbability: 0 }, 'keepProbability is 0; it must be in (0, 1]'],
    [{ epochs: 0 }, 'epochs is 0; it must be a whole number of at least 1'],
    [{ seed: -1.5 }, 'seed is -1.5; it must be a whole number'],
    [{ patience: -1 }, 'patience is -1; it must be a whole number'],
    [{ items: 2.5 }, 'items = 2.5; allowed is a whole number from 1 to 255'],
    [{ stepColumns: 9 }, 'stepColumns = 9 does not divide the 84 columns'],
    [{ units: { hiden: 5 } }, 'shallow.units.hiden is unknown; there are hidden, recurrent'],
    [{ units: { hidden: 0 } }, 'shallow.units.hidden is 0; it must be a whole number of at least 1'],
    [{ sequences: 0.5 }, 'sequences = 0.5; allowed is a whole number of at least 4'],
  ])('with %j is refused', async (changes, message) => {
    await expect(experiment({ ...parameters, ...changes })).rejects.toThrow(message)
  })

  test('runs on a hundred sequences, and on too few names the least that works', async () => {
    const few = await experiment({ ...parameters, sequences: 100 })
    const { train, validation, test } = await sequencesOf(few)
    expect([train.count, validation.count, test.count]).toEqual([100, 25, 100])
    const refused = experiment({ ...parameters, sequences: 3 })
    await expect(refused).rejects.toThrow('sequences = 3; allowed is a whole number of at least 4')
    await sequencesOf(await experiment({ ...parameters, sequences: 4 }))
  })
})

describe('the majority problem of a dataset', () => {
  test('is the thesis’s by the dataset’s name alone', async () => {
    const { train, validation, test } = await majority('mnist-maj')
    expect([train.count, validation.count, test.count]).toEqual([48_000, 12_000, 10_000])
    expect(test).toMatchObject({ itemsPerSequence: 3, majority: 2, classes: 10, steps: 12, seed: 1 })
  })

  test('may be of other sizes, on a dataset of one’s own', async () => {
    const { test } = await majority(blots, { items: 4, majority: 2, stepColumns: 4 })
    expect(test).toMatchObject({
      itemsPerSequence: 4,
      majority: 2,
      classes: 3,
      rows: 8,
      columns: 24,
      steps: 6,
    })
  })

  test('of impossible sizes or of no dataset is refused', async () => {
    await expect(majority(blots, { majority: 1 })).rejects.toThrow('another class would tie')
    await expect(majority('cifar')).rejects.toThrow("dataset 'cifar' is unknown")
  })
})
