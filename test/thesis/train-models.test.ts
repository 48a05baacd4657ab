import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ModelConfiguration, THESIS_PROBLEM } from '../../src/thesis/models/configuration.js'
import { checkpointFolder, loadModel } from '../../src/thesis/models/model.js'
import { type TrainModelsOptions, trainModels } from '../../src/thesis/models/train-models.js'

/** A network of a few neurons on the real sequences, an image a step. */
const configuration: ModelConfiguration = {
  format: 1,
  dataset: 'mnist-maj',
  problem: { ...THESIS_PROBLEM, stepColumns: 28 },
  network: 'shallow',
  units: { hidden: 4, recurrent: 3 },
  training: {
    epochs: 4,
    batchSize: 4000,
    learningRate: 0.01,
    schedule: 'constant',
    keepProbability: 1,
    dropout: 'perStep',
    patience: null,
    seed: 1,
  },
}
const folder = checkpointFolder(configuration)
const remove = () => rmSync(folder, { recursive: true, force: true })
beforeEach(remove)
afterEach(remove)

type Message = Parameters<TrainModelsOptions['onMessage']>[1]

/** Trains in a worker, and tells what came of it: the epochs that were told and all other messages but progress. */
async function train(onRow: (epoch: number) => void, signal?: AbortSignal) {
  const epochs: number[] = []
  const others: Message[] = []
  const trained = await trainModels([configuration], {
    jobs: 1,
    signal,
    onMessage: (_configuration, message) => {
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
      const { trained, epochs, others } = await train((epoch) => {
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
      expect((await loadModel(configuration)).result.history).toHaveLength(4)
    },
  )

  it('that is interrupted leaves what the next call goes on from', async () => {
    const controller = new AbortController()
    const first = await train(() => controller.abort(), controller.signal)
    expect(first).toMatchObject({ trained: false, others: [{ interrupted: true }] })
    expect(existsSync(join(folder, 'state.safetensors'))).toBe(true)
    const second = await train(() => {})
    expect(second.trained).toBe(true)
    expect([...first.epochs, ...second.epochs]).toEqual([0, 1, 2, 3])
  })
})
