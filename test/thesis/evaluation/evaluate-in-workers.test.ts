import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScoreRow } from '../../../src/thesis/evaluation/score-table.js'
import { copySources, type SourceCopy } from '../source-copy.js'

const LIMIT = 10

let copy: SourceCopy
beforeAll(() => {
  copy = copySources()
})
afterAll(() => copy.remove())

interface Ended {
  readonly status: number | string | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a TypeScript file of the copy in a process of its own. */
const run = (file: string, ...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd: copy.folder, env: { ...process.env, INIT_CWD: copy.folder } }
    execFile(process.execPath, ['--import', 'tsx', file, ...args], options, (error, stdout, stderr) =>
      resolve({ status: error ? (error.code ?? null) : 0, stdout, stderr }),
    )
  })

const evaluateCommand = (...args: readonly string[]) => run('src/commands/evaluate.ts', ...args)

const ONCE = `import { evaluateModelsOnce, recipe, scoreTable } from './src/thesis/index.js'
const evaluated = await evaluateModelsOnce([recipe('mnist-maj', 'shallow')], {
  methods: ['sensitivity', 'deepTaylor'],
  limit: ${LIMIT},
})
console.log(JSON.stringify(scoreTable(evaluated).objects()))
`

/** The mean of each method, and which of them were computed for it. */
async function evaluateOnce(): Promise<{ means: Record<string, number>; computed: string[] }> {
  const before = new Map(filesOf().map((file) => [file, changedAt(file)]))
  const { stdout, stderr } = await run('once.ts')
  expect(stdout, stderr).not.toBe('')
  const rows: ScoreRow[] = JSON.parse(stdout)
  const written = filesOf().filter((file) => before.get(file) !== changedAt(file))
  return {
    means: Object.fromEntries(rows.map(({ method, mean }) => [method, mean])),
    computed: written.map((file) => file.split('-')[3]!).sort(),
  }
}

const changedAt = (file: string): number => statSync(copy.path(`results/evaluation/${file}`)).mtimeMs

function filesOf(): string[] {
  try {
    return readdirSync(copy.path('results/evaluation'))
  } catch {
    return []
  }
}

describe('after an edit of the code', () => {
  it('the numbers that come from it are computed anew, and the others are read', async () => {
    writeFileSync(copy.path('once.ts'), ONCE)
    const first = await evaluateOnce()
    expect(first.computed).toEqual(['deepTaylor', 'sensitivity'])

    copy.edit('src/explanation/shares.ts', '/** min(0, x). */', '/** The negative part. */')
    copy.edit('src/explanation/methods/deep-taylor.ts', "'Deep Taylor decomposition'", "'Deep Taylor'")
    expect(await evaluateOnce()).toEqual({ means: first.means, computed: [] })

    const [rule, other] = ['tf.mul(tf.sub(x, low), toPositive!)', 'tf.mul(tf.sub(x, high), toPositive!)']
    copy.edit('src/explanation/shares.ts', rule, other)
    const edited = await evaluateOnce()
    expect(edited.computed).toEqual(['deepTaylor'])
    expect(edited.means.sensitivity).toBe(first.means.sensitivity)
    expect(edited.means.deepTaylor).not.toBe(first.means.deepTaylor)
    copy.edit('src/explanation/shares.ts', other, rule)

    const [score, opposite] = ['cosineSimilarity(relevant', '1 - cosineSimilarity(relevant']
    copy.edit('src/evaluation/measures/cosine.ts', score, opposite)
    const measured = await evaluateOnce()
    expect(measured.computed).toEqual(['deepTaylor', 'sensitivity'])
    expect(measured.means.sensitivity).toBeCloseTo(1 - first.means.sensitivity!, 10)
    copy.edit('src/evaluation/measures/cosine.ts', opposite, score)
  }, 300_000)
})

const OWN = `import * as tf from '@tensorflow/tfjs-core'
import { defineMeasure } from './src/evaluation/index.js'
import { defineMethod, gradientWalk } from './src/explanation/index.js'

export const steepness = defineMethod({
  id: 'steepness',
  title: 'Size of the gradient',
  attribute: ({ walk }) => tf.abs(walk(gradientWalk)),
})

export const first = defineMeasure({
  id: 'first',
  title: 'Relevant item first',
  range: [0, 1],
  baseline: ({ items, majority }) => majority / items,
  score: ({ itemRelevance, relevant }) => relevant[itemRelevance.indexOf(Math.max(...itemRelevance))]!,
})
`

describe('npm run evaluate', () => {
  it("scores a file's method by a file's measure in workers, as rows of ids", async () => {
    writeFileSync(copy.path('mine.ts'), OWN)
    const { status, stdout, stderr } = await evaluateCommand(
      ...['--json', '--limit', String(LIMIT), '--dataset', 'mnist-maj', '--network', 'shallow'],
      ...['--method', './mine.ts', '--method', 'deepTaylor', '--measure', 'cosine', '--measure', './mine.ts'],
    )
    expect(status, stderr).toBe(0)
    expect(stderr).not.toContain('in this process')
    const rows: ScoreRow[] = JSON.parse(stdout)
    expect(rows.map(({ method, measure }) => `${method} ${measure}`)).toEqual([
      'steepness cosine',
      'steepness first',
      'deepTaylor cosine',
      'deepTaylor first',
    ])
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([
        ...['dataset', 'network', 'method', 'measure', 'accuracy'],
        ...['mean', 'low', 'high', 'baseline', 'sequences'],
      ])
      expect(row).toMatchObject({ dataset: 'mnist-maj', network: 'shallow', sequences: LIMIT })
      expect(row.low).toBeLessThanOrEqual(row.mean)
      expect(row.high).toBeGreaterThanOrEqual(row.mean)
    }
    expect(rows[0]!.baseline).toBeCloseTo(Math.sqrt(2 / 3), 12)
    expect(rows[1]!.baseline).toBeCloseTo(2 / 3, 12)
  })

  it.each([
    ['dataset', "dataset 'foo' is unknown; there are mnist-maj, fashion-mnist-maj"],
    ['network', "network 'foo' is unknown; there are shallow, deep"],
    ['method', "method 'foo' is unknown; there are sensitivity, gradientTimesInput"],
    ['measure', "measure 'foo' is unknown; there are cosine"],
  ])('refuses a %s that there is not with what there is, in one line', async (option, message) => {
    const { status, stdout, stderr } = await evaluateCommand('--json', `--${option}`, 'foo')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
    expect(stderr.trim()).not.toContain('\n')
  })

  it('refuses two values with one id, and a limit that is none', async () => {
    writeFileSync(copy.path('twin.ts'), OWN.replace("id: 'first'", "id: 'cosine'"))
    const twin = await evaluateCommand('--measure', './twin.ts')
    expect(twin.status).toBe(2)
    expect(twin.stderr).toContain("two measures have the id 'cosine'")
    expect((await evaluateCommand('--limit', '0')).status).toBe(2)
  })

  it('says in one line that a network is not trained, and that a checkpoint is damaged', async () => {
    const source = readFileSync(copy.path('src/architectures/shallow.ts'), 'utf8')
    const own = source.replace("id: 'shallow'", "id: 'untrained'").replaceAll("'./", "'./src/architectures/")
    writeFileSync(copy.path('untrained.ts'), own.replaceAll("'../", "'./src/"))
    const untrained = await evaluateCommand(
      '--limit',
      '5',
      '--dataset',
      'mnist-maj',
      '--network',
      './untrained.ts',
    )
    expect(untrained.status).toBe(1)
    expect(untrained.stderr).toMatch(/^there is no checkpoint of untrained on mnist-maj .*npm run train/)
    expect(untrained.stderr.trim()).not.toContain('\n')
    const folder = readdirSync(copy.path('data/checkpoints')).filter((name) =>
      name.startsWith('mnist-maj-deep-'),
    )
    for (const name of folder)
      copy.edit(`data/checkpoints/${name}/model.json`, '"testAccuracy": 0.', '"testAccuracy": 1.')
    const damaged = await evaluateCommand('--limit', '5', '--dataset', 'mnist-maj', '--network', 'deep')
    expect(damaged.status).toBe(1)
    expect(damaged.stderr).toMatch(/model\.json is damaged or was edited/)
    expect(damaged.stderr.trim()).not.toContain('\n')
  })
})
