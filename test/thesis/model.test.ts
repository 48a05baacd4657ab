import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import type { LabelledImages } from '../../src/data/labelled-images.js'
import { randomStream } from '../../src/data/random.js'
import { type ModelConfiguration, THESIS_PROBLEM } from '../../src/thesis/models/configuration.js'
import { checkpointFolder, loadModel, trainOrLoad } from '../../src/thesis/models/model.js'
import type { TrainingEvents } from '../../src/thesis/models/training-run.js'
import { deviation } from '../network/tensors.js'
import { flipped } from '../training/folder.js'

const place = vi.hoisted(() => ({ root: '' }))

vi.mock('../../src/files/project-root.js', () => ({ projectRoot: () => place.root }))
vi.mock('../../src/data/sources/load-dataset.js', () => {
  /** Images of 28×28 in two classes, bright above or below. */
  const images = (count: number, name: string): LabelledImages => {
    const stream = randomStream(1, name)
    return {
      name,
      count,
      rows: 28,
      columns: 28,
      labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
      pixels: Uint8Array.from({ length: count * 784 }, (_, i) => {
        const [image, row] = [Math.floor(i / 784), Math.floor(i / 28) % 28]
        return (row < 14 === (image % 2 === 0) ? 150 : 0) + 100 * uniformFloat64(stream)
      }),
    }
  }
  return {
    loadDataset: async (name: string) => ({
      train: images(40, `${name} train`),
      test: images(12, `${name} test`),
    }),
  }
})

beforeAll(async () => {
  const cache = join(process.cwd(), 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  place.root = mkdtempSync(join(cache, 'test-model-'))
  await useBackend()
})
beforeEach(() => rmSync(join(place.root, 'data'), { recursive: true, force: true }))
afterAll(() => rmSync(place.root, { recursive: true, force: true }))

const configuration: ModelConfiguration = {
  format: 1,
  dataset: 'mnist-maj',
  problem: { ...THESIS_PROBLEM, classes: 2, stepColumns: 14 },
  network: 'shallow',
  units: { hidden: 5, recurrent: 4 },
  training: {
    epochs: 2,
    batchSize: 8,
    learningRate: 0.01,
    schedule: 'cosine',
    keepProbability: 0.8,
    dropout: 'perStep',
    patience: null,
    seed: 1,
  },
}
const stateFile = () => join(checkpointFolder(configuration), 'state.safetensors')

/** How many batches a call trained. */
async function trained(events: TrainingEvents = {}) {
  let batches = 0
  const model = await trainOrLoad(configuration, {
    ...events,
    onBatch: (progress) => {
      batches++
      events.onBatch?.(progress)
    },
  })
  return { model, batches }
}

function interruptedAfter(batches: number): TrainingEvents {
  const controller = new AbortController()
  let done = 0
  return {
    signal: controller.signal,
    onBatch: () => {
      if (++done === batches) controller.abort()
    },
  }
}

describe('a model', () => {
  it('is trained once, then loaded in a moment; another configuration is trained for itself', async () => {
    const first = await trained()
    expect(first.batches).toBe(8)
    const second = await trained()
    expect(second.batches).toBe(0)
    expect(second.model).toEqual(first.model)
    expect(await loadModel(configuration)).toEqual(first.model)
    const other = { ...configuration, training: { ...configuration.training, seed: 2 } }
    expect(checkpointFolder(other)).not.toBe(checkpointFolder(configuration))
    await expect(loadModel(other)).rejects.toThrow('npm run train -- --dataset mnist-maj --network shallow')
  })

  it('says how it ended, what its best epoch was and how well it does on the test sequences', async () => {
    const { model } = await trained()
    const { result, parameters } = model!
    expect(result.ending).toBe('finished')
    expect(result.history).toHaveLength(2)
    expect([0, 1]).toContain(result.bestEpoch)
    expect(result.testAccuracy * 12).toBeCloseTo(Math.round(result.testAccuracy * 12), 9)
    expect(result.backend).toBe((await useBackend()).name)
    expect(Object.keys(parameters)).toContain('recurrent.bias')
    expect(parameters['hidden.bias']!.values.every((bias) => bias <= 0)).toBe(true)
  })

  it('leaves its checkpoint and nothing else', async () => {
    await trained()
    expect(readdirSync(checkpointFolder(configuration)).sort()).toEqual(['model.json', 'model.safetensors'])
  })

  it('that was interrupted goes on where it was and comes out the same', async () => {
    const { model } = await trained()
    rmSync(checkpointFolder(configuration), { recursive: true })
    const stopped = await trained(interruptedAfter(3))
    expect([stopped.model, stopped.batches]).toEqual([null, 3])
    expect(existsSync(stateFile())).toBe(true)
    await expect(loadModel(configuration)).rejects.toThrow('there is no checkpoint')
    const resumed = await trained()
    expect(resumed.batches).toBe(5)
    expect(resumed.model).toEqual(model)
    expect(existsSync(stateFile())).toBe(false)
  })

  it('whose process died goes on from the end of the last epoch', async () => {
    const { model } = await trained()
    rmSync(checkpointFolder(configuration), { recursive: true })
    const died = trained({
      onBatch: ({ epoch, batch }) => {
        if (epoch === 1 && batch === 2) throw new Error('died')
      },
    })
    await expect(died).rejects.toThrow('died')
    const resumed = await trained()
    expect(resumed.batches).toBe(4)
    expect(resumed.model).toEqual(model)
  })

  it('is trained anew when told to, with the same result', async () => {
    const first = await trained()
    const second = await trained({ retrain: true })
    expect(second.batches).toBe(8)
    expect(second.model).toEqual(first.model)
  })

  it('whose retraining was interrupted goes on, and keeps its checkpoint until then', async () => {
    const first = await trained()
    const stopped = await trained({ retrain: true, ...interruptedAfter(5) })
    expect([stopped.model, stopped.batches]).toEqual([null, 5])
    expect(await loadModel(configuration)).toEqual(first.model)
    const resumed = await trained({ retrain: true })
    expect(resumed.batches).toBe(3)
    expect(resumed.model).toEqual(first.model)
  })

  it('whose process died between the two files of its checkpoint is written anew without training', async () => {
    const first = await trained()
    const description = join(checkpointFolder(configuration), 'model.json')
    const died = trained({
      retrain: true,
      onBatch: ({ epoch, batch }) => {
        // A folder in the place of the description lets the first file be written and not the second.
        if (epoch === 1 && batch === 4) {
          rmSync(description)
          mkdirSync(join(description, 'in the way'), { recursive: true })
        }
      },
    })
    await expect(died).rejects.toThrow()
    rmSync(description, { recursive: true })
    const again = await trained()
    expect(again.batches).toBe(0)
    expect(again.model).toEqual(first.model)
  })

  it('is not taken from a folder that holds another one', async () => {
    await trained()
    const other = { ...configuration, training: { ...configuration.training, seed: 2 } }
    renameSync(checkpointFolder(configuration), checkpointFolder(other))
    await expect(loadModel(other)).rejects.toThrow('holds the checkpoint of another configuration')
  })

  it('may start from the best parameters of another training, which is trained first', async () => {
    const second = {
      ...configuration,
      training: { ...configuration.training, learningRate: 1e-30, keepProbability: 1 },
    }
    const phased = { ...second, start: configuration }
    const model = await trainOrLoad(phased)
    const first = await loadModel(configuration)
    expect(checkpointFolder(phased)).not.toBe(checkpointFolder(second))
    // At a rate of next to nothing the parameters stay where they started, up to the way to β and back.
    for (const [name, { values }] of Object.entries(first.parameters))
      expect(deviation(model!.parameters[name]!.values, values)).toBeLessThan(1e-5)
    expect(model!.result.testAccuracy).toBe(first.result.testAccuracy)
  })

  it('whose checkpoint or state is damaged is refused, not trained over', async () => {
    await trained(interruptedAfter(3))
    const state = readFileSync(stateFile())
    writeFileSync(stateFile(), flipped(state, 8 * (state.length - 5)))
    await expect(trained()).rejects.toThrow('state.safetensors is damaged')
    rmSync(stateFile())
    await trained()
    const file = join(checkpointFolder(configuration), 'model.safetensors')
    writeFileSync(file, flipped(readFileSync(file), 4000))
    await expect(trained()).rejects.toThrow('model.safetensors is damaged')
    await expect(loadModel(configuration)).rejects.toThrow('model.safetensors is damaged')
  })
})
