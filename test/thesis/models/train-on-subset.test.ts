import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../../src/files/project-root.js'
import { type ExperimentParameters, experiment } from '../../../src/thesis/models/experiment.js'
import { trainOnSubset } from '../../../src/thesis/models/train-on-subset.js'
import { type DisplayFactory, trainWithProgress } from '../../../src/thesis/models/train-with-progress.js'
import { isUnfinished } from '../../../src/thesis/models/unfinished-model.js'
import { blots, elman } from '../own.js'

const folder = mkdtempSync(join(projectRoot(), 'node_modules', '.thesis-experiment-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** An experiment with few neurons. */
const tiny = (changes: Partial<ExperimentParameters> = {}) =>
  experiment({
    dataset: 'mnist-maj',
    network: 'shallow',
    units: { hidden: 8, recurrent: 8 },
    sequences: 200,
    epochs: 2,
    batchSize: 50,
    learningRate: 2e-3,
    ...changes,
  })

describe('training on a subset', () => {
  test('loads what the same experiment trained before', async () => {
    const trained = await trainOnSubset(await tiny(), { folder })
    expect(trained?.result.history).toHaveLength(2)
    const started: unknown[] = []
    const again = await trainOnSubset(await tiny(), { folder, onStart: (state) => started.push(state) })
    expect(started).toEqual([])
    expect(again).toEqual(trained)
  })

  test('goes on where it was interrupted, with the same result', async () => {
    const whole = await trainOnSubset(await tiny({ sequences: 220 }), { folder: join(folder, 'whole') })
    const controller = new AbortController()
    const stopped = await trainOnSubset(await tiny({ sequences: 220 }), {
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
    const resumed = await trainOnSubset(await tiny({ sequences: 220 }), {
      folder,
      onStart: (state) => starts.push(state?.epoch ?? -1),
    })
    expect(starts).toEqual([1])
    expect(resumed?.parameters).toEqual(whole?.parameters)
  })

  test('interrupted before the first epoch has ended gives the parameters as they stand', async () => {
    const run = await tiny({ sequences: 230 })
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
    const untrained = await tiny({ sequences: 210 })
    await trainWithProgress(untrained, { display, folder })
    expect(log).toEqual(['Shallow on 210 sequences: 0 to 2', 'epoch 1', 'epoch 2', 'finished'])
    log.length = 0
    await trainWithProgress(untrained, { display, folder })
    expect(log.slice(1)).toEqual(['epoch 1', 'epoch 2', 'loaded from its checkpoint'])
  })

  test('of a network and a dataset that were made in a cell happens in this process, with their titles', async () => {
    const labels: string[] = []
    const display: DisplayFactory = ({ label }) => {
      labels.push(label)
      return { update: () => {}, finish: () => {} }
    }
    const own = await experiment({ network: elman, dataset: blots, epochs: 1, items: 4, stepColumns: 6 })
    const model = await trainWithProgress(own, { display, folder })
    expect(labels).toEqual(['Elman on Blots, in this process'])
    expect(model).toMatchObject({ architecture: elman, dataset: blots })
    expect(model.configuration.problem).toMatchObject({ items: 4, stepColumns: 6, classes: 3 })
    expect(await trainOnSubset(own, { folder })).toEqual(model)
  })
})
