import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListedCell } from '../../src/study/study.js'
import { workflowPython } from '../../src/study/workflow/environment.js'
import { addOwnValues } from '../open/own-values.js'
import { type ProjectCopy, projectCopy } from '../open/project-copy.js'

const MINUTES = 60_000
const PROJECT = join(import.meta.dirname, '..', '..')
const COMMAND = 'src/commands/study.ts'
const WHAT = [
  ...['--datasets', 'columns', '--networks', 'elman,shallow', '--variants', 'own,untrained', '--seeds', '2'],
  ...['--methods', 'sensitivity,deepTaylor', '--measures', 'cosine,itemRanking', '--limit', '40'],
]

const python = await workflowPython(PROJECT)

let copy: ProjectCopy
let environment: string
beforeAll(() => {
  copy = projectCopy()
  addOwnValues(copy)
  environment = join(copy.path, '.cache', 'study')
  mkdirSync(join(copy.path, '.cache'))
  symlinkSync(join(PROJECT, '.cache', 'study'), environment, 'junction')
})
afterAll(() => {
  // The link first, so that nothing behind it can go.
  rmSync(environment, { force: true })
  copy.remove()
})

const options = () => ({
  cwd: copy.path,
  env: { ...process.env, INIT_CWD: copy.path },
  maxBuffer: 2 ** 26,
})

/** Runs the command as a user does who stands in the copy, and gives all that it told. */
const study = async (...args: string[]): Promise<string> => {
  const words = ['--import', 'tsx', COMMAND, ...args]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, options())
  return stdout + stderr
}
const fileOf = (name: string, ...parts: string[]) => join(copy.path, 'results', 'study', name, ...parts)
const cellsOf = (name: string): ListedCell[] => JSON.parse(readFileSync(fileOf(name, 'cells.json'), 'utf8'))

/** How many jobs of each rule a dry run lists. */
async function dryRun(name: string, profile: string, ...more: string[]): Promise<Record<string, number>> {
  const text = await study(
    ...['workflow', '--study', name, '--profile', profile],
    ...['--', '--dry-run', '--quiet', 'rules', ...more],
  )
  return Object.fromEntries(
    [...text.matchAll(/^(train|evaluate|collect|total) +(\d+)$/gm)].map(([, rule, count]) => [
      rule,
      Number(count),
    ]),
  )
}

describe('a study of 1,000 cells', () => {
  it('is planned, and its status told', async () => {
    const what = ['--datasets', 'columns', '--networks', 'elman,shallow', '--seeds', '500']
    expect(await study('plan', '--study', 'thousand', ...what)).toContain('1000 cells')
    expect(new Set(cellsOf('thousand').map(({ id }) => id)).size).toBe(1000)
    const status = JSON.parse(await study('status', '--study', 'thousand', '--json'))
    expect(status).toMatchObject({ cells: 1000, finished: 0, running: [], secondsLeft: null })
  })
})

describe('the command of the workflow', () => {
  it('says which profiles there are, and how Snakemake is installed', async () => {
    await study('plan', '--study', 'small', ...WHAT)
    await expect(study('workflow', '--study', 'small', '--profile', 'mars')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("there is no profile 'mars'; there are kubernetes, local, slurm"),
    })
    await expect(study('workflow', '--study', 'none')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("study 'none' is not planned"),
    })
    if (python === null)
      await expect(study('workflow', '--study', 'small')).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('npm run study -- install-workflow installs it'),
      })
  })
})

const MISSING = python === null ? ' (skipped: npm run study -- install-workflow installs Snakemake)' : ''

describe.skipIf(python === null)(`the workflow${MISSING}`, () => {
  it(
    'lists in a dry run by each profile a job for each training, for each cell, and for the tables',
    async () => {
      for (const [profile, ...more] of [
        ['local'],
        ['slurm'],
        ['kubernetes', '--default-storage-prefix', copy.path],
      ] as [string, ...string[]][]) {
        const ofSmall = { train: 4, evaluate: 8, collect: 1, total: 13 }
        expect(await dryRun('small', profile, ...more)).toEqual(ofSmall)
        const ofThousand = { train: 1000, evaluate: 1000, collect: 1, total: 2001 }
        expect(await dryRun('thousand', profile, ...more)).toEqual(ofThousand)
      }
    },
    5 * MINUTES,
  )

  it('counts a cell as finished that is shipped, and uses a checkpoint that is there', async () => {
    await study('plan', '--study', 'shipped', ...WHAT)
    const [first, second] = cellsOf('shipped').filter(({ checkpoint }) => checkpoint !== null)
    copy.write(`data/study/shipped/cells/${first!.id}/result.json`, '{}')
    copy.write(`results/checkpoints/${second!.checkpoint}/model.json`, '{}')
    expect(await dryRun('shipped', 'local')).toEqual({ train: 2, evaluate: 7, collect: 1, total: 10 })
    rmSync(join(copy.path, 'results', 'checkpoints'), { recursive: true })
  })

  it(
    'on this machine, killed and begun again, comes to the same bytes as the command that runs a study',
    async () => {
      const words = ['--import', 'tsx', COMMAND, 'workflow', '--study', 'small']
      const killed = spawn(process.execPath, words, { ...options(), stdio: 'ignore', detached: true })
      const ended = new Promise((resolve) => killed.on('exit', resolve))
      await delay(15_000)
      process.kill(-killed.pid!, 'SIGKILL')
      await ended
      await study('workflow', '--study', 'small', '--', '--unlock')
      // What a machine leaves that goes down while it computes a cell.
      const open = readdirSync(fileOf('small', 'cells'))
      const left = cellsOf('small').find(({ id }) => !open.includes(id))!
      writeFileSync(fileOf('small', 'locks', `${left.id}.lock`), 'another-machine 17\n')
      expect(await study('workflow', '--study', 'small')).toContain('0 of 8 cells are not finished')
      expect(await dryRun('small', 'local')).toEqual({ collect: 1, total: 1 })

      const checkpoints = join(copy.path, 'results', 'checkpoints')
      renameSync(checkpoints, `${checkpoints}-of-workflow`)
      // A finished cell needs no checkpoint any more.
      expect(await dryRun('small', 'local')).toEqual({ collect: 1, total: 1 })
      expect(await study('run', '--study', 'plain', '--jobs', '2', ...WHAT)).toContain('8 computed, 0 failed')
      for (const { id, checkpoint } of cellsOf('plain')) {
        for (const file of ['result.json', 'scores.safetensors'])
          expect(
            readFileSync(fileOf('small', 'cells', id, file)).equals(
              readFileSync(fileOf('plain', 'cells', id, file)),
            ),
          ).toBe(true)
        if (checkpoint === null) continue
        const [ofRun, ofWorkflow] = [checkpoints, `${checkpoints}-of-workflow`].map((folder) =>
          readFileSync(join(folder, checkpoint, 'model.safetensors')),
        )
        expect(ofRun!.equals(ofWorkflow!)).toBe(true)
      }
    },
    10 * MINUTES,
  )

  it('comes to tables that pandas reads, and to the same numbers as CSV', async () => {
    const script = `
import pandas as pd
table = pd.read_parquet('study.parquet')
lines = pd.read_csv('study.csv', float_precision='round_trip')
pd.testing.assert_frame_equal(table, lines, check_dtype=False, check_exact=True)
single = pd.read_parquet('sequences.parquet').astype({'score': 'float64'})
by = ['dataset', 'network', 'variant', 'seed', 'method', 'measure']
means = single.groupby(by).score.agg(['mean', 'count']).reset_index()
both = table.merge(means, on=by, suffixes=('', '_of_sequences'))
pd.testing.assert_series_equal(both['mean'], both.mean_of_sequences, check_names=False, rtol=1e-6)
assert (both['count'] == both.count_of_sequences).all()
print(len(table), len(single), len(both), single.correct.dtype, table.test_accuracy.isna().sum())
`
    const { stdout } = await promisify(execFile)(python!, ['-c', script], {
      cwd: fileOf('small'),
      env: { ...process.env, PYTHONNOUSERSITE: '1' },
    })
    expect(stdout.trim()).toBe('32 1280 32 bool 16')
  })
})
