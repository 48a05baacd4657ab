import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { hostname } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { inputCellAttention, shallow } from '../../../src/architectures/index.js'
import { cosine } from '../../../src/evaluation/index.js'
import { sensitivity } from '../../../src/explanation/index.js'
import { boxTest } from '../../../src/thesis/controls/box/index.js'
import { keyOf } from '../../../src/thesis/evaluation/evaluation-address.js'
import { keepScores } from '../../../src/thesis/evaluation/kept-scores.js'
import { leftovers } from '../../../src/thesis/leftovers/index.js'
import {
  checkpointName,
  configurationOf,
  type ModelConfiguration,
} from '../../../src/thesis/models/configuration.js'
import { geometryOf } from '../../../src/thesis/models/problem.js'
import { randomParameters } from '../../../src/thesis/models/random-network.js'
import { recipe } from '../../../src/thesis/models/recipes.js'
import { saveCheckpoint } from '../../../src/training/checkpoint.js'
import { layoutOf } from '../../../src/training/layout.js'
import { startState } from '../../../src/training/state.js'
import { saveState } from '../../../src/training/state-file.js'
import { emptyRoot, smallPlan } from '../models/small.js'

const place = vi.hoisted(() => ({ root: '' }))
vi.mock('../../../src/files/project-root.js', () => ({ projectRoot: () => place.root }))

place.root = emptyRoot()
const result = { bestEpoch: 0, history: [], ending: 'finished', backend: 'wasm', testAccuracy: 0.5 }

/** Keeps a checkpoint without parameters; returns its folder's name. */
async function keep(
  configuration: ModelConfiguration,
  parent = 'results',
  name = checkpointName(configuration),
) {
  await saveCheckpoint(join(place.root, parent, 'checkpoints', name), {
    configuration: { ...configuration },
    parameters: {},
    result,
  })
  return `${parent}/checkpoints/${name}`
}

/** What is left over: path and reason. */
const found = async () =>
  (await leftovers()).map(({ path, why }) => [relative(place.root, path).replaceAll('\\', '/'), why])

describe('checkpoints', () => {
  it('of a network, images and a procedure as they are now are no leftovers, whatever their training', async () => {
    const experiment = { ...recipe('mnist-maj', 'deep'), sequences: 300 }
    await keep(await configurationOf(experiment))
    // A network from a cell or a file of one's own may come back.
    await keep(await configurationOf(smallPlan()))
    expect(await found()).toEqual([])
  })

  it('of the box tests are no leftovers, whose images are made anew each time', async () => {
    await boxTest({
      networks: [shallow, inputCellAttention],
      methods: [sensitivity],
      positions: ['early', 'late'],
      problem: { steps: 10, features: 10, training: 50, test: 10 },
      training: { epochs: 1 },
    })
    const kept = readdirSync(join(place.root, 'results', 'checkpoints'))
    expect(kept.map((name) => name.slice(0, -13)).sort()).toEqual(
      ['early', 'late'].flatMap((box) => [`box-${box}-input-cell-attention`, `box-${box}-shallow`]),
    )
    expect(await found()).toEqual([])
  })

  it('of anything else are, and it is said why', async () => {
    const now = await configurationOf({ ...recipe('mnist-maj', 'deep'), sequences: 300 })
    const outdated: [ModelConfiguration, string][] = [
      [{ ...now, fingerprint: 'another' }, 'deep computes something else by now'],
      [{ ...now, units: { hidden: 3 } }, 'deep computes something else by now'],
      [{ ...now, data: 'others' }, 'the images of mnist-maj are others by now'],
      [{ ...now, procedure: 0 }, 'its training procedure is an earlier one'],
      [{ ...now, start: { ...now, fingerprint: 'another' } }, 'deep computes something else by now'],
      [{ ...now, format: 1 as never }, 'its format is an earlier one'],
    ]
    const expected: string[][] = []
    for (const [configuration, why] of outdated) expected.push([await keep(configuration), why])
    expected.push([await keep(now, 'results', 'renamed'), 'its name is not its address'])
    mkdirSync(join(place.root, 'results', 'checkpoints', 'empty'))
    expected.push(['results/checkpoints/empty', 'it holds no description of its training'])
    expect((await found()).sort()).toEqual(expected.sort())
  })

  it('of an interrupted training are judged by what its state says', async () => {
    const now = await configurationOf(recipe('mnist-maj', 'shallow'))
    const state = startState(layoutOf([]), 1)
    const interrupt = async (configuration: ModelConfiguration) => {
      const name = checkpointName(configuration)
      const about = { configuration: JSON.stringify(configuration) }
      const folder = join(place.root, 'results', 'checkpoints', name)
      await saveState(join(folder, 'state.safetensors'), name.slice(-12), state, about)
      return `results/checkpoints/${name}`
    }
    await interrupt(now)
    const outdated = await interrupt({ ...now, fingerprint: 'another' })
    expect(await found()).toEqual([[outdated, 'shallow computes something else by now']])
  })

  it('in data are no leftovers where a recipe or its first phase leads to them, and stay in any case', async () => {
    const plan = recipe('mnist-maj', 'r-lstm')
    await keep(await configurationOf(plan), 'data')
    await keep(await configurationOf(plan.start!), 'data')
    const other = await keep(await configurationOf({ ...plan, sequences: 300 }), 'data')
    expect(await leftovers()).toMatchObject([
      { path: join(place.root, other), why: 'no recipe leads to it', isRemovable: false },
    ])
  })
})

describe('evaluations', () => {
  const write = (name: string, text: string) => {
    mkdirSync(join(place.root, 'results', 'evaluation'), { recursive: true })
    writeFileSync(join(place.root, 'results', 'evaluation', name), text)
  }

  it('of a model, a method, a measure and code as they are now are no leftovers; of others they are', async () => {
    const { start: _, ...shallow } = recipe('mnist-maj', 'shallow')
    const plan = { ...shallow, units: { hidden: 3, recurrent: 2 } }
    const { architecture, dataset, problem, units } = plan
    const configuration = await configurationOf(plan)
    const parameters = randomParameters(architecture, geometryOf(problem, dataset), units, 1)
    const folder = join(place.root, 'results', 'checkpoints', checkpointName(configuration))
    await saveCheckpoint(folder, { configuration: { ...configuration }, parameters, result })
    const model = { architecture, dataset, configuration, parameters, result }
    const { key } = (await keyOf(model, sensitivity, cosine, {
      limit: 2,
      target: 'label',
      evidence: 'logit',
    }))!
    const scores = { correct: Uint8Array.of(0, 1), scores: Float64Array.of(0.5, 0.6), baseline: 0.5 }
    await keepScores(key, scores)
    expect(await found()).toEqual([])

    const outdated = [
      { ...key, method: { ...key.method, code: 'another' } },
      { ...key, measure: { ...key.measure, reference: 'nowhere' } },
      { ...key, driver: 'another' },
    ]
    for (const other of outdated) await keepScores(other, scores)
    expect((await found()).map(([, why]) => why).sort()).toEqual([
      'its method or measure is nowhere',
      'its method, its measure or the code between is another by now',
      'its method, its measure or the code between is another by now',
    ])
  })

  it("of a network and images from a cell or a file of one's own are no leftovers, since these may come back", async () => {
    const plan = smallPlan()
    const configuration = await configurationOf(plan)
    const { architecture, dataset, problem, units } = plan
    const parameters = randomParameters(architecture, geometryOf(problem, dataset), units, 1)
    const folder = join(place.root, 'results', 'checkpoints', checkpointName(configuration))
    await saveCheckpoint(folder, { configuration: { ...configuration }, parameters, result })
    const model = { architecture, dataset, configuration, parameters, result }
    const { key } = (await keyOf(model, sensitivity, cosine, {
      limit: 2,
      target: 'label',
      evidence: 'logit',
    }))!
    const scores = { correct: Uint8Array.of(0, 1), scores: Float64Array.of(0.5, 0.6), baseline: 0.5 }
    // It reads the checkpoint alone: the network is not in the catalogue under this name.
    const own = { ...configuration, network: 'of-a-file', dataset: 'of-a-cell' }
    const ownFolder = join(place.root, 'results', 'checkpoints', checkpointName(own))
    await saveCheckpoint(ownFolder, { configuration: { ...own }, parameters, result })
    const ownKey = (await keyOf({ ...model, configuration: own }, sensitivity, cosine, {
      limit: 2,
      target: 'label',
      evidence: 'logit',
    }))!.key
    for (const kept of [key, ownKey]) await keepScores(kept, scores)
    expect(await found()).toEqual([])
    await keepScores({ ...ownKey, driver: 'another' }, scores)
    expect((await found()).map(([, why]) => why)).toEqual([
      'its method, its measure or the code between is another by now',
    ])
  })

  it('of models that are nowhere, and files that are none, are leftovers', async () => {
    write('a.json', JSON.stringify({ key: { model: '0123456789ab', method: {}, measure: {} } }))
    write('b.json', 'half a fi')
    expect(await found()).toEqual([
      ['results/evaluation/a.json', 'its model is nowhere'],
      ['results/evaluation/b.json', 'it is no evaluation'],
    ])
  })

  it('of outdated models are leftovers, as their models are', async () => {
    const configuration = { ...(await configurationOf(recipe('mnist-maj', 'deep'))), fingerprint: 'another' }
    const model = await keep(configuration)
    write('a.json', JSON.stringify({ key: { model: model.slice(-12), method: {}, measure: {} } }))
    expect(await found()).toEqual([
      [model, 'deep computes something else by now'],
      ['results/evaluation/a.json', 'of its model deep computes something else by now'],
    ])
  })
})

describe('what processes that died left', () => {
  it('is found: half-written files, graphs, and temporary folders of an hour ago', async () => {
    const id = '01234567-89ab-cdef-0123-456789abcdef'
    const dead = 2 ** 31 - 1
    const cache = 'node_modules/.cache'
    const left = [
      `data/mnist/images.${dead}-${id}.tmp`,
      `${cache}/graphs/${dead}-3/saved_model.pb`,
      `${cache}/test-data-aB3dE9/file`,
    ]
    const others = [
      `data/mnist/images.${process.pid}-${id}.tmp`,
      `${cache}/graphs/${process.pid}-3/saved_model.pb`,
      `${cache}/test-data-aB3dE8/file`,
      `${cache}/unit-tests.json`,
      `${cache}/kernel/compiled`,
    ]
    for (const file of [...left, ...others]) {
      mkdirSync(join(place.root, file, '..'), { recursive: true })
      writeFileSync(join(place.root, file), 'half')
    }
    utimesSync(join(place.root, cache, 'test-data-aB3dE9'), 0, 0)
    expect(await found()).toEqual([
      [left[0], 'its writer died'],
      [`${cache}/graphs/${dead}-3`, 'its process is gone'],
      [`${cache}/test-data-aB3dE9`, 'a test or a download left it'],
    ])
  })
})

describe('npm run clean', () => {
  /** Runs the command in the folder that stands for the project. */
  function clean(...argv: string[]) {
    writeFileSync(join(place.root, 'package.json'), '{ "name": "executable-thesis", "type": "module" }')
    const command = join(import.meta.dirname, '..', '..', '..', 'src', 'commands', 'clean.ts')
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', tsx, command, ...argv], {
      cwd: place.root,
      encoding: 'utf8',
    })
    return { status, lines: stdout.trim().split('\n'), stderr }
  }

  it('lists what is left over and how large it is, and removes it when told to, except in data', async () => {
    const now = await configurationOf(recipe('mnist-maj', 'deep'))
    const old = { ...now, fingerprint: 'another' }
    const [own, shipped] = [await keep(old), await keep(old, 'data')]

    const listed = clean('--list')
    expect(listed.status).toBe(0)
    expect(listed.lines[0]).toMatch(
      new RegExp(`^ *\\d\\.\\d kB  ${shipped}: no recipe leads to it \\(stays\\)$`),
    )
    expect(listed.lines[1]).toMatch(
      new RegExp(`^ *\\d\\.\\d kB  ${own}: deep computes something else by now$`),
    )
    expect(listed.lines[2]).toMatch(/^2 entries \(\d\.\d kB\) left over$/)

    const unasked = clean()
    expect(unasked.status).toBe(2)
    expect(unasked.stderr).toContain('there is nobody to ask; --yes removes it, --list only lists it')
    for (const folder of [own, shipped]) expect(existsSync(join(place.root, folder))).toBe(true)

    const removed = clean('--yes')
    expect(removed.status).toBe(0)
    expect(removed.lines.at(-1)).toMatch(/^1 entry \(\d\.\d kB\) removed$/)
    expect(existsSync(join(place.root, own))).toBe(false)
    expect(readdirSync(join(place.root, shipped)).sort()).toEqual(['model.json', 'model.safetensors'])
  })
  it('removes cells that no study lists and runs of sweeps that were cut off, and nothing of those that run', () => {
    const write = (file: string, content: string) => {
      mkdirSync(join(place.root, file, '..'), { recursive: true })
      writeFileSync(join(place.root, file), content)
      return file
    }
    const [study, sweep] = ['results/study/mine', 'results/sweeps/03-training']
    write(`${study}/cells.json`, JSON.stringify([{ id: 'known' }, { id: 'cut' }, { id: 'running' }]))
    write(`${study}/cells/known/result.json`, '{}')
    for (const id of ['cut', 'running', 'unknown']) write(`${study}/cells/${id}/scores.safetensors`, 'half')
    write(`${study}/locks/running.lock`, `${hostname()} ${process.pid}\n`)
    write(`${study}/locks/cut.lock`, `${hostname()} ${2 ** 31 - 1}\n`)
    write(`${sweep}/epochs=1/03-training.ipynb`, '{}')
    const record = { parameters: {}, status: 'finished', seconds: 1, code: '', numbers: {} }
    write(`${sweep}/epochs=2/run.json`, JSON.stringify(record))
    write('results/sweeps/busy/epochs=1/03-training.ipynb', '{}')
    write('results/sweeps/busy/lock', `${hostname()} ${process.pid}\n`)

    const { lines } = clean('--yes')
    expect(lines.slice(0, -2).map((line) => line.replace(/^ *\d+ B {2}/, ''))).toEqual([
      `${study}/cells/cut: it was cut off and is computed anew`,
      `${study}/cells/unknown: study 'mine' has no such cell any longer`,
      `${study}/locks/cut.lock: its process is gone`,
      `${sweep}/epochs=1: its run was cut off and starts anew`,
    ])
    for (const kept of [
      `${study}/cells/known`,
      `${study}/cells/running`,
      `${sweep}/epochs=2`,
      'results/sweeps/busy/epochs=1',
    ])
      expect(existsSync(join(place.root, kept))).toBe(true)
    expect(existsSync(join(place.root, `${study}/cells/unknown`))).toBe(false)
  })
})
