import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fromCSV } from 'arquero'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOwnValues, NETWORK } from '../open/own-values.js'
import { type ProjectCopy, projectCopy } from '../open/project-copy.js'

const MINUTES = 60_000
const COMMAND = 'src/commands/study.ts'
const WHAT = [
  ...['--datasets', 'columns', '--networks', 'elman,shallow', '--variants', 'own,untrained', '--seeds', '2'],
  ...[
    '--methods',
    'sensitivity,deepTaylor',
    '--measures',
    'cosine,itemRanking',
    '--limit',
    '40',
    '--jobs',
    '2',
  ],
]

let copy: ProjectCopy
beforeAll(() => {
  copy = projectCopy()
  addOwnValues(copy)
})
afterAll(() => copy.remove())

/** Runs the command as a user does who stands in the copy. */
const study = async (...args: string[]): Promise<string> => {
  const options = { cwd: copy.path, env: { ...process.env, INIT_CWD: copy.path } }
  return (await promisify(execFile)(process.execPath, ['--import', 'tsx', COMMAND, ...args], options)).stdout
}
const folderOf = (name: string) => join(copy.path, 'results', 'study', name)
const bytesOf = (name: string, file: string) => readFileSync(join(folderOf(name), file))
const cellsOf = (name: string) => readdirSync(join(folderOf(name), 'cells')).sort()
const parquetRows = (name: string, file: string) => {
  const bytes = bytesOf(name, file)
  return parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  })
}

/** The lines of a study's table without what tells how long it took. */
const linesOf = async (name: string) =>
  (await parquetRows(name, 'study.parquet')).map(
    ({ training_seconds: _, evaluation_seconds: __, ...row }) => row,
  )

describe('a study', () => {
  it(
    'says how accurate a network ends on validation sequences for each of several epochs',
    async () => {
      const what = ['--datasets', 'columns', '--networks', 'elman', '--jobs', '2']
      const choices = JSON.parse(await study('epochs', ...what, '--epochs', '1,3', '--json'))
      expect(choices).toEqual(
        [1, 3].map((epochs) => ({
          ...{ dataset: 'columns', network: 'elman', epochs, seed: 1000 },
          validationAccuracy: expect.any(Number),
        })),
      )
      for (const { validationAccuracy } of choices) expect(validationAccuracy).toBeGreaterThan(0.2)
      // What is trained is not trained again, and a table says the same.
      const table = await study('epochs', ...what, '--epochs', '3')
      expect(table).toContain(`${(100 * choices[1].validationAccuracy).toFixed(2)} %`)
    },
    3 * MINUTES,
  )

  it(
    'is planned, computed and collected by commands, and never computes a finished cell again',
    async () => {
      expect(await study('plan', '--study', 'small', ...WHAT)).toContain('8 cells')
      expect(JSON.parse(await study('status', '--study', 'small', '--json'))).toMatchObject({
        cells: 8,
        finished: 0,
        secondsLeft: null,
      })
      // Options that name a part of the plan choose it, and add nothing.
      const part = ['--datasets', 'columns', '--networks', 'elman', '--seeds', '2', '--variants', 'untrained']
      expect(await study('run', '--study', 'small', ...part)).toContain('2 computed, 0 failed')
      expect(JSON.parse(bytesOf('small', 'design.json').toString()).parts).toHaveLength(1)
      expect(await study('run', '--study', 'small', '--jobs', '2')).toContain('6 computed, 0 failed')
      expect(await study('run', '--study', 'small')).toContain('0 computed, 0 failed')
      expect(JSON.parse(await study('status', '--study', 'small', '--json'))).toMatchObject({
        cells: 8,
        finished: 8,
        secondsLeft: 0,
      })
      expect(await study('collect', '--study', 'small')).toContain(
        '32 rows and 1280 scores of sequences; 0 of 8 cells',
      )
    },
    5 * MINUTES,
  )

  it('comes to one tidy table, the same as Parquet and as CSV, which arquero reads', async () => {
    const rows = await parquetRows('small', 'study.parquet')
    const csv = fromCSV(bytesOf('small', 'study.csv').toString(), { autoType: false }).objects() as Record<
      string,
      string
    >[]
    expect(rows).toHaveLength(2 * 2 * 2 * 2 * 2)
    expect(rows.map((row) => Object.keys(row))).toEqual(csv.map((row) => Object.keys(row)))
    for (const [i, row] of rows.entries())
      for (const [name, value] of Object.entries(row))
        expect(csv[i]![name] ?? '').toBe(value === null ? '' : String(value))
    const [first] = rows
    expect(first).toMatchObject({
      dataset: 'columns',
      network: 'elman',
      variant: 'own',
      seed: 1,
      method: 'sensitivity',
      count: 40,
      missing: 0,
    })
    expect(JSON.parse(first!.configuration)).toMatchObject({
      network: 'elman',
      problem: { seed: 1 },
      training: { seed: 1 },
    })
    for (const row of rows) expect(row.test_accuracy === null).toBe(row.variant === 'untrained')
  })

  it('keeps scores of single sequences, whose means are those of the table', async () => {
    const single = await parquetRows('small', 'sequences.parquet')
    const rows = await parquetRows('small', 'study.parquet')
    expect(single).toHaveLength(8 * 2 * 2 * 40)
    for (const { dataset, network, variant, seed, method, measure, mean } of rows) {
      const own = single.filter(
        (row) =>
          row.network === network &&
          row.variant === variant &&
          row.seed === seed &&
          row.method === method &&
          row.measure === measure &&
          row.dataset === dataset,
      )
      expect(own.reduce((sum, { score }) => sum + score, 0) / own.length).toBeCloseTo(mean, 5)
      for (const { relevant } of own) expect(['110', '101', '011']).toContain(relevant)
    }
  })

  it('explains every column', () => {
    const page = bytesOf('small', 'README.md').toString()
    const [header] = bytesOf('small', 'study.csv').toString().split('\n')
    for (const name of header!.split(','))
      expect(page).toMatch(new RegExp(`\\| \`${name}\` \\| [A-Z0-9]+ \\| \\S`))
  })

  it(
    'is joined by a network of the user’s own by two commands, which compute that one alone',
    async () => {
      copy.write(
        'mine.ts',
        NETWORK.replaceAll("'../", "'./src/")
          .replaceAll("'./define", "'./src/architectures/define")
          .replaceAll("'./dense", "'./src/architectures/dense")
          .replace("'elman'", "'mine'")
          .replace("'Elman'", "'Mine'"),
      )
      const before = cellsOf('small')
      // What joins is explained as the rest of the study is.
      const added = ['--networks', './mine.ts', '--datasets', 'columns', '--seeds', '2']
      expect(await study('run', '--study', 'small', ...added)).toContain('2 computed, 0 failed')
      expect(await study('collect', '--study', 'small')).toContain('0 of 10 cells')
      expect(cellsOf('small')).toEqual(expect.arrayContaining(before))
      expect(new Set((await linesOf('small')).map(({ network }) => network))).toEqual(
        new Set(['elman', 'shallow', 'mine']),
      )
    },
    5 * MINUTES,
  )

  it(
    'goes on with the other cells when one fails, says which, and ends with an error',
    async () => {
      copy.write(
        'failing.ts',
        `import { defineMethod } from './src/explanation/method.js'
export const failing = defineMethod({ id: 'failing', title: 'Failing', attribute: ({ x }) => {
  if (x.shape[0] > 2 && x.dataSync().length > 0) throw new RangeError('of my own making')
  return x
} })
`,
      )
      const what = [
        '--datasets',
        'columns',
        '--networks',
        'elman',
        '--variants',
        'untrained',
        '--seeds',
        '2',
        '--limit',
        '5',
      ]
      await expect(
        study('run', '--study', 'broken', ...what, '--methods', './failing.ts', '--measures', 'cosine'),
      ).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('0 computed, 2 failed'),
        stderr: expect.stringContaining('of my own making'),
      })
    },
    2 * MINUTES,
  )

  it(
    'killed at 20 random instants ends in the same table',
    async () => {
      await study('plan', '--study', 'killed', ...WHAT)
      // A fixed sequence of waits, so that the test is the same each time but for what the machine does meanwhile.
      for (let i = 0; i < 20; i++) await killedAfter(150 + ((i * 733) % 2900))
      await study('run', '--study', 'killed', '--jobs', '2')
      await study('collect', '--study', 'killed')
      await study('run', '--study', 'whole', ...WHAT)
      await study('collect', '--study', 'whole')
      expect(await linesOf('killed')).toEqual(await linesOf('whole'))
      expect(await parquetRows('killed', 'sequences.parquet')).toEqual(
        await parquetRows('whole', 'sequences.parquet'),
      )
      for (const cell of cellsOf('whole'))
        for (const file of ['result.json', 'scores.safetensors'])
          expect(
            bytesOf('killed', `cells/${cell}/${file}`).equals(bytesOf('whole', `cells/${cell}/${file}`)),
          ).toBe(true)
    },
    10 * MINUTES,
  )

  it(
    'says in one line what is wrong with a command, and what is allowed',
    async () => {
      const wrong: [string[], string][] = [
        [['fly'], 'there is no fly; there are plan, run, status, collect, verdicts, cell'],
        [['status', '--study', 'none'], "study 'none' is not planned"],
        [['plan', '--study', '../x'], "the study is called '../x'"],
        [['plan', '--study', 'a', '--networks', 'deeep'], "network 'deeep' is unknown"],
        [['plan', '--study', 'a', '--variants', 'mine'], "variant 'mine' is unknown"],
        [['plan', '--study', 'a', '--seeds', 'x'], '--seeds is x'],
        [['cell', 'nothing', '--study', 'small'], 'there is no cell nothing'],
      ]
      for (const [args, message] of wrong)
        await expect(study(...args)).rejects.toMatchObject({
          code: 2,
          stderr: expect.stringContaining(message),
        })
      expect(existsSync(folderOf('a'))).toBe(false)
    },
    2 * MINUTES,
  )
})

/** Starts the study and kills it with all that it started. */
function killedAfter(milliseconds: number): Promise<void> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', COMMAND, 'run', '--study', 'killed', '--jobs', '2'],
    { cwd: copy.path, stdio: 'ignore', detached: true },
  )
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // It had ended before.
      }
    }, milliseconds)
    child.on('exit', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
