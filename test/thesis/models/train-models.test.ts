import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkpointFolder } from '../../../src/thesis/models/checkpoint-folders.js'
import { configurationOf } from '../../../src/thesis/models/configuration.js'
import { experiment } from '../../../src/thesis/models/experiment.js'
import { loadModel } from '../../../src/thesis/models/model.js'
import type { Plan } from '../../../src/thesis/models/plan.js'
import { type TrainModelsOptions, trainModels } from '../../../src/thesis/models/train-models.js'
import { elman } from '../own.js'
import { smallPlan } from './small.js'

/** A network of a few neurons on the real sequences, an image a step. */
const shippedPlan = () =>
  experiment({
    dataset: 'mnist-maj',
    network: 'shallow',
    units: { hidden: 4, recurrent: 3 },
    stepColumns: 28,
    epochs: 4,
    batchSize: 4000,
    schedule: 'constant',
    keepProbability: 1,
    seed: 3,
  })

/** A network and a dataset that a file exports. */
const ownPlan = () =>
  experiment({
    dataset: './test/thesis/own.ts#blots',
    network: './test/thesis/own.ts#elman',
    epochs: 3,
    batchSize: 6,
  })

const folderOf = async (plan: Plan) => checkpointFolder(plan, await configurationOf(plan))
const at = { shipped: '', own: '' }
const remove = () => {
  for (const folder of Object.values(at)) rmSync(folder, { recursive: true, force: true })
}
beforeAll(async () => {
  at.shipped = await folderOf(await shippedPlan())
  at.own = await folderOf(await ownPlan())
})
beforeEach(remove)
afterEach(remove)

type Message = Parameters<TrainModelsOptions['onMessage']>[1]

/** Trains in a worker, and tells what came of it: the epochs that were told and all other messages but progress. */
async function train(plan: Plan, onRow: (epoch: number) => void = () => {}, signal?: AbortSignal) {
  const epochs: number[] = []
  const others: Message[] = []
  const trained = await trainModels([plan], {
    jobs: 1,
    signal,
    onMessage: (_plan, message) => {
      if ('row' in message) {
        epochs.push(message.row.epoch)
        onRow(message.row.epoch)
      } else if (!('at' in message)) others.push(message)
    },
  })
  return { trained, epochs, others }
}

/** Kills the process that trains, as a machine without memory would. */
function killWorker(): void {
  const [pid] = execFileSync('pgrep', ['-P', `${process.pid}`, '-f', 'train-worker'], {
    encoding: 'utf8',
  }).split('\n')
  process.kill(Number(pid), 'SIGKILL')
}

describe('training in workers', () => {
  it.skipIf(process.platform === 'win32')(
    'starts a killed worker again, which loses no more than the epoch it was in',
    async () => {
      let killed = false
      const plan = await shippedPlan()
      const { trained, epochs, others } = await train(plan, (epoch) => {
        if (epoch !== 1 || killed) return
        killed = true
        killWorker()
      })
      expect(trained).toBe(true)
      expect(others).toMatchObject([
        { restarted: expect.stringContaining('SIGKILL') },
        { testAccuracy: expect.any(Number) },
      ])
      expect(epochs.filter((epoch) => epoch === 0)).toHaveLength(1)
      expect(epochs.at(-1)).toBe(3)
      expect((await loadModel(plan)).result.history).toHaveLength(4)
    },
  )

  it('that is interrupted leaves what the next call goes on from', async () => {
    const controller = new AbortController()
    const plan = await shippedPlan()
    const first = await train(plan, () => controller.abort(), controller.signal)
    expect(first).toMatchObject({ trained: false, others: [{ interrupted: true }] })
    expect(existsSync(join(at.shipped, 'state.safetensors'))).toBe(true)
    const second = await train(plan)
    expect(second.trained).toBe(true)
    expect([...first.epochs, ...second.epochs]).toEqual([0, 1, 2, 3])
  })

  it('loads a network and a dataset of one’s own from the files that export them', async () => {
    const plan = await ownPlan()
    const { trained, epochs } = await train(plan)
    expect([trained, epochs]).toEqual([true, [0, 1, 2]])
    const model = await loadModel(plan)
    expect(model).toMatchObject({
      architecture: elman,
      configuration: { network: 'elman', dataset: 'blots' },
    })
    expect(at.own).toContain(join('results', 'checkpoints', 'blots-elman-'))
  })

  it('of a value that was made in this process is refused before anything is trained', async () => {
    const told: Message[] = []
    const plans = [await shippedPlan(), smallPlan()]
    const training = trainModels(plans, { onMessage: (_plan, message) => told.push(message) })
    await expect(training).rejects.toThrow(
      "dataset 'halves' was made in this process, so that no other can load it; train it here with trainOnSubset",
    )
    expect(told).toEqual([])
  })
})
