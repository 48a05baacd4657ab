import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { useBackend } from '../../../src/backend/use-backend.js'
import { checkpointName, configurationOf } from '../../../src/thesis/models/configuration.js'
import { loadModel, trainOrLoad } from '../../../src/thesis/models/model.js'
import { networkOf, type Plan } from '../../../src/thesis/models/plan.js'
import { planOf } from '../../../src/thesis/models/plan-of.js'
import type { TrainingEvents } from '../../../src/thesis/models/training-run.js'
import { layoutOf } from '../../../src/training/layout.js'
import { loadState, saveState } from '../../../src/training/state-file.js'
import { deviation } from '../../network/tensors.js'
import { flipped } from '../../training/folder.js'
import { elman } from '../own.js'
import { emptyRoot, halves, smallPlan } from './small.js'

const place = vi.hoisted(() => ({ root: '' }))
vi.mock('../../../src/files/project-root.js', () => ({ projectRoot: () => place.root }))

place.root = emptyRoot()
const plan = smallPlan()
const folderOf = async (plan: Plan) =>
  join(place.root, 'results', 'checkpoints', checkpointName(await configurationOf(plan)))
const at = { folder: '', state: '' }

beforeAll(async () => {
  await useBackend()
  at.folder = await folderOf(plan)
  at.state = join(at.folder, 'state.safetensors')
})

/** How many batches a call trained. */
async function trained(events: TrainingEvents = {}, which = plan) {
  let batches = 0
  const model = await trainOrLoad(which, {
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
    expect(await loadModel(plan)).toEqual(first.model)
    const other = smallPlan({ training: { ...plan.training, seed: 2 } })
    expect(await folderOf(other)).not.toBe(at.folder)
    await expect(loadModel(other)).rejects.toThrow(
      'there is no checkpoint of shallow on halves with this training; train it with trainOnSubset',
    )
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
    expect(readdirSync(at.folder).sort()).toEqual(['model.json', 'model.safetensors'])
  })

  it('that was interrupted goes on where it was and comes out the same', async () => {
    const { model } = await trained()
    rmSync(at.folder, { recursive: true })
    const stopped = await trained(interruptedAfter(3))
    expect([stopped.model, stopped.batches]).toEqual([null, 3])
    expect(existsSync(at.state)).toBe(true)
    await expect(loadModel(plan)).rejects.toThrow('there is no checkpoint')
    const resumed = await trained()
    expect(resumed.batches).toBe(5)
    expect(resumed.model).toEqual(model)
    expect(existsSync(at.state)).toBe(false)
  })

  it('whose process died goes on from the end of the last epoch', async () => {
    const { model } = await trained()
    rmSync(at.folder, { recursive: true })
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
    expect(await loadModel(plan)).toEqual(first.model)
    const resumed = await trained({ retrain: true })
    expect(resumed.batches).toBe(3)
    expect(resumed.model).toEqual(first.model)
  })

  it('whose process died between the two files of its checkpoint is written anew without training', async () => {
    const first = await trained()
    const description = join(at.folder, 'model.json')
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
    const other = smallPlan({ training: { ...plan.training, seed: 2 } })
    renameSync(at.folder, await folderOf(other))
    await expect(loadModel(other)).rejects.toThrow('holds the checkpoint of another configuration')
  })

  it('may start from the best parameters of another training, which is trained first', async () => {
    const second = smallPlan({ training: { ...plan.training, learningRate: 1e-30, keepProbability: 1 } })
    const phased = { ...second, start: plan }
    const model = await trainOrLoad(phased)
    const first = await loadModel(plan)
    expect(await folderOf(phased)).not.toBe(await folderOf(second))
    expect(planOf(model!)).toEqual(phased)
    // At a rate of next to nothing the parameters stay where they started, up to the way to β and back.
    for (const [name, { values }] of Object.entries(first.parameters))
      expect(deviation(model!.parameters[name]!.values, values)).toBeLessThan(1e-5)
    expect(model!.result.testAccuracy).toBe(first.result.testAccuracy)
  })

  it('whose checkpoint or state is damaged is refused, not trained over', async () => {
    await trained(interruptedAfter(3))
    const state = readFileSync(at.state)
    writeFileSync(at.state, flipped(state, 8 * (state.length - 5)))
    await expect(trained()).rejects.toThrow('state.safetensors is damaged')
    rmSync(at.state)
    await trained()
    const file = join(at.folder, 'model.safetensors')
    writeFileSync(file, flipped(readFileSync(file), 4000))
    await expect(trained()).rejects.toThrow('model.safetensors is damaged')
    await expect(loadModel(plan)).rejects.toThrow('model.safetensors is damaged')
  })

  it('whose tensors are gone says which folder to delete', async () => {
    await trained()
    rmSync(join(at.folder, 'model.safetensors'))
    await expect(loadModel(plan)).rejects.toThrow(
      `${at.folder} has a model.json and no model.safetensors; delete the folder to train anew`,
    )
  })

  it('of a network and a dataset of one’s own holds their values, and says by what it was trained', async () => {
    const own = smallPlan({ architecture: elman, units: elman.units })
    const { model } = await trained({}, own)
    expect(model).toMatchObject({ architecture: elman, dataset: halves })
    expect(planOf(model!)).toEqual(own)
    expect(await loadModel(own)).toEqual(model)
    expect(Object.keys(model!.parameters)).toEqual(networkOf(model!).specs.map(({ name }) => name))
  })

  it('is found again when its title changes, and never when its network computes something else', async () => {
    await trained()
    const { architecture } = plan
    const same = { ...architecture, title: 'Written anew' }
    expect((await trained({}, smallPlan({ architecture: same }))).batches).toBe(0)
    const other = {
      ...architecture,
      forward: (...given: Parameters<typeof architecture.forward>) => {
        const forward = architecture.forward(...given)
        return ((ops, w, x) => ops.relu(forward(ops, w, x))) as typeof forward
      },
    }
    await expect(loadModel(smallPlan({ architecture: other }))).rejects.toThrow(
      /the one in results.checkpoints.halves-shallow-\w{12} is of a network that computed something else/,
    )
    expect((await trained({}, smallPlan({ architecture: other }))).batches).toBe(8)
  })

  it('is not loaded for other images', async () => {
    await trained()
    const others = { ...halves, checksum: async () => 'others' }
    await expect(loadModel(smallPlan({ dataset: others }))).rejects.toThrow('is of other images')
  })
})

describe('a training', () => {
  it('whose folder cannot be written to is refused before its first batch', async () => {
    mkdirSync(join(place.root, 'results'), { recursive: true })
    writeFileSync(join(place.root, 'results', 'checkpoints'), 'in the way')
    let batches = 0
    const training = trainOrLoad(plan, { onBatch: () => batches++ })
    await expect(training).rejects.toThrow(
      `training.lock cannot be written in ${at.folder}: a part of its path is not a folder`,
    )
    expect(batches).toBe(0)
  })

  it('that another call already runs is waited for and not trained twice', async () => {
    const notes: string[] = []
    let batches = 0
    const events = { onBatch: () => batches++, onNote: (note: string) => notes.push(note) }
    const [first, second] = await Promise.all([trainOrLoad(plan, events), trainOrLoad(plan, events)])
    expect(batches).toBe(8)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toContain(`process ${process.pid} on `)
    expect(second!.parameters).toEqual(first!.parameters)
  })

  it('goes on here when the process that ran it is gone, and waits no longer than it may', async () => {
    mkdirSync(at.folder, { recursive: true })
    const file = join(at.folder, 'training.lock')
    writeFileSync(file, 'another-machine 1\n')
    const patience = AbortSignal.timeout(50)
    expect(await trainOrLoad(plan, { signal: patience })).toBeNull()
    // No process has the highest number there is.
    writeFileSync(file, `${hostname()} ${2 ** 31 - 1}\n`)
    expect((await trained()).batches).toBe(8)
    expect(existsSync(file)).toBe(false)
  })

  it('removes what a killed one was just writing, and leaves alone what a running one writes', async () => {
    mkdirSync(at.folder, { recursive: true })
    const id = '01234567-89ab-cdef-0123-456789abcdef'
    // No process has the highest number there is.
    const [dead, alive] = [2 ** 31 - 1, process.pid].map((pid) => `state.safetensors.${pid}-${id}.tmp`)
    for (const name of [dead, alive]) writeFileSync(join(at.folder, name!), 'half')
    await trained()
    expect(readdirSync(at.folder).sort()).toEqual(['model.json', 'model.safetensors', alive])
  })

  it('that goes on on another backend says so and is recorded as of both', async () => {
    const { name } = await useBackend()
    await trained(interruptedAfter(5))
    const address = at.folder.slice(-12)
    const layout = layoutOf(networkOf(plan).specs)
    const state = (await loadState(at.state, address, layout))!
    expect(state.backends).toEqual([name])
    await saveState(at.state, address, { ...state, backends: ['another'] })
    const notes: string[] = []
    const { model } = await trained({ onNote: (note) => notes.push(note) })
    expect(notes).toEqual([
      `it was begun on the another backend and goes on on ${name}, which rounds otherwise`,
    ])
    expect(model!.result.backend).toBe(`another, ${name}`)
  })

  it('keeps in its state by what it is trained, so that a state that nobody goes on from can be found', async () => {
    await trained(interruptedAfter(1))
    expect(statSync(at.state).size).toBeGreaterThan(1000)
    expect(readFileSync(at.state, 'latin1')).toContain('\\"network\\":\\"shallow\\"')
  })
})
