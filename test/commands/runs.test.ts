import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkpointName, configurationOf } from '../../src/thesis/models/configuration.js'
import { type ExperimentParameters, experiment } from '../../src/thesis/models/experiment.js'
import { stateFileOf } from '../../src/thesis/models/training-run.js'
import { saveCheckpoint } from '../../src/training/checkpoint.js'
import type { EpochRow } from '../../src/training/state.js'
import { saveState } from '../../src/training/state-file.js'
import { ownProject, runCommand } from './project.js'

const project = ownProject()
afterAll(() => project.remove())

const runs = (...argv: string[]) => runCommand('src/commands/runs.ts', argv, { folder: project.folder })

const history = (epochs: number): EpochRow[] =>
  Array.from({ length: epochs }, (_, epoch) => ({
    epoch,
    learningRate: 1e-3,
    loss: 1 / (epoch + 1),
    accuracy: 0.8 + 0.01 * epoch,
    validationLoss: 1.1 / (epoch + 1),
    validationAccuracy: 0.79 + 0.01 * epoch,
  }))

/** Leaves what a training of a user leaves, and says where. */
async function leave(changes: Partial<ExperimentParameters>, state: 'finished' | 'interrupted') {
  const plan = await experiment({ dataset: 'mnist-maj', network: 'deep', ...changes })
  const configuration = await configurationOf(plan)
  const id = checkpointName(configuration)
  const folder = join(project.folder, 'results', 'checkpoints', id)
  mkdirSync(folder, { recursive: true })
  const { epochs } = plan.training
  if (state === 'finished')
    await saveCheckpoint(folder, {
      configuration: { ...configuration },
      parameters: {},
      result: {
        bestEpoch: epochs - 1,
        history: history(epochs),
        ending: 'all epochs',
        backend: 'wasm',
        testAccuracy: 0.83,
      },
    })
  else {
    const nothing = () => new Float32Array(2)
    await saveState(
      stateFileOf(folder),
      'address',
      {
        ...{
          epoch: epochs - 1,
          batch: 3,
          lossSum: 1,
          correct: 1,
          history: history(epochs - 1),
          backends: ['wasm'],
        },
        ...{ trained: nothing(), adam: { m: nothing(), v: nothing(), steps: 1 } },
        best: { epoch: 0, effective: nothing() },
      },
      { configuration: JSON.stringify(configuration) },
    )
  }
  return { id, folder }
}

const left = { finished: '', interrupted: '', running: '' }
beforeAll(async () => {
  left.finished = (await leave({ epochs: 4, units: { hidden: 64 } }, 'finished')).id
  left.interrupted = (await leave({ epochs: 3, keepProbability: 0.5, seed: 7 }, 'interrupted')).id
  const running = await leave({ network: 'shallow', epochs: 2 }, 'interrupted')
  left.running = running.id
  // This process is there, and so is its training.
  writeFileSync(join(running.folder, 'training.lock'), `${hostname()} ${process.pid}\n`)
  mkdirSync(join(project.folder, 'results', 'checkpoints', 'mnist-maj-deep-000000000000'))
})

describe('npm run runs', () => {
  it('lists shipped and own trainings with what differs from the recipe, as far as they are', async () => {
    const { code, stdout, stderr } = await runs('--json')
    expect([code, stderr]).toEqual([0, ''])
    const rows: Record<string, unknown>[] = JSON.parse(stdout)
    const of = (id: string) => rows.find((row) => row.id === id)
    expect(of(left.finished)).toMatchObject({
      ...{ dataset: 'mnist-maj', network: 'deep', recipe: null, status: 'finished', isShipped: false },
      ...{ changes: { epochs: 4, 'units.hidden': 64 }, epochs: 4, plannedEpochs: 4, testAccuracy: 0.83 },
    })
    expect(of(left.finished)!.validationAccuracy).toBeCloseTo(0.82)
    expect(of(left.interrupted)).toMatchObject({
      ...{ status: 'interrupted', changes: { epochs: 3, keepProbability: 0.5, seed: 7 } },
      ...{ epochs: 2, plannedEpochs: 3, testAccuracy: null },
    })
    expect(of(left.running)).toMatchObject({ status: 'running' })
    expect(of('mnist-maj-deep-000000000000')).toMatchObject({ status: 'damaged', network: null })
    const shipped = rows.filter(({ isShipped }) => isShipped)
    expect(shipped).toHaveLength(30)
    expect(new Set(shipped.map(({ recipe }) => recipe))).toEqual(new Set(['own', 'phase 1 of 2', 'control']))
  })

  it('shows a table to people, in which filters leave what they name', async () => {
    const { stdout } = await runs('--network', 'deep', '--dataset', 'mnist-maj')
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(1 + 3 + 2)
    expect(lines[0]).toMatch(/^id +by recipe, or what differs +status +epochs +validation +test +date +size$/)
    expect(stdout).toMatch(/mnist-maj-deep-\w+ +units.hidden=64 epochs=4 +finished +4 +82.00 % +83.00 %/)
    expect(stdout).toMatch(/epochs=3 keepProbability=0.5 seed=7 +interrupted +2 of 3/)
  })

  it('writes a line of CSV per training', async () => {
    const { stdout } = await runs('--csv', '--network', 'shallow', '--dataset', 'mnist-maj')
    const [head, ...lines] = stdout.trim().split('\n')
    expect(head).toBe(
      'id,dataset,network,recipe,status,isShipped,epochs,plannedEpochs,validationAccuracy,testAccuracy,date,bytes,folder,changes',
    )
    expect(lines).toHaveLength(4)
  })

  it('draws the curves of several in one figure, by addresses and beginnings of ids', async () => {
    const { code, stdout } = await runs(
      'curves',
      left.finished,
      left.interrupted.slice(-12, -4),
      '--name',
      'mine',
      '--json',
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveLength(3)
    expect(readdirSync(join(project.folder, 'results', 'figures')).sort()).toEqual([
      'mine.pdf',
      'mine.png',
      'mine.svg',
    ])
  })

  it('removes own trainings, after having been told to, and nothing else', async () => {
    const folder = (id: string) => join(project.folder, 'results', 'checkpoints', id)
    const [shipped] = readdirSync(join(project.folder, 'data', 'checkpoints'))
    for (const [ids, words] of [
      [[left.interrupted], 'there is nobody to ask; --yes removes without asking'],
      [
        [left.interrupted, left.running, '--yes'],
        `${left.running} is being trained now; nothing was removed`,
      ],
      [[left.interrupted, shipped!, '--yes'], `${shipped} is shipped and stays; nothing was removed`],
    ] as const) {
      const { code, stdout, stderr } = await runs('remove', ...ids)
      expect([code, stdout, stderr]).toEqual([2, '', `${words} (npm run runs -- --help)\n`])
    }
    expect(existsSync(folder(left.interrupted))).toBe(true)
    const { code, stdout } = await runs('remove', left.interrupted, '000000000000', '--yes', '--json')
    expect([code, JSON.parse(stdout)]).toEqual([0, [left.interrupted, 'mnist-maj-deep-000000000000']])
    expect(
      [left.interrupted, 'mnist-maj-deep-000000000000', left.finished].map((id) => existsSync(folder(id))),
    ).toEqual([false, false, true])
  })

  it.each([
    [
      ['curves', 'mnist-maj-deep-1013225f56be'],
      "there is no run 'mnist-maj-deep-1013225f56be' (did you mean mnist-maj-deep-1013225f56bf?); npm run runs lists the 3",
    ],
    [['curves', 'mnist-maj-deep'], 'name more of it'],
    [['curves'], 'say which runs, by their ids'],
    [['curves', 'mnist-maj-shallow-b01', '--name', '../out'], '"../out" is no file name'],
    [['list', 'deep'], "list does not take 'deep'"],
    [['--network', 'lstm'], "there is no run of network 'lstm'; there are runs of conv-r-lstm, convdeep"],
    [['--json', '--csv'], "option '--json' cannot be used with option '--csv'"],
  ])('with %j is refused in one line, with exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await runs(...argv)
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringContaining(message)]])
  })
})
