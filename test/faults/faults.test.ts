import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Draw } from '../../src/faults/draw.js'
import { isClear } from '../../src/faults/judge.js'
import { killChain, undisturbed } from '../../src/faults/kills/kill-chain.js'
import { scenarios } from '../../src/faults/kills/scenarios.js'
import { reportOf } from '../../src/faults/report.js'
import { runMutations } from '../../src/faults/run-mutations.js'
import { subjects } from '../../src/faults/subjects/index.js'
import { Tally } from '../../src/faults/tally.js'

const parent = mkdtempSync(join(tmpdir(), 'faults-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

it('files of every kind that are damaged twice are refused in a sentence, or read as what they say', async () => {
  const tally = new Tally()
  await runMutations(2 * subjects.length, 5, parent, (kind, { verdict, file, what, said }) =>
    tally.add(kind, verdict, `${file}, ${what}`, said),
  )
  expect(tally.findings).toEqual([])
  expect(tally.rows().map(({ tried }) => tried)).toEqual(subjects.map(() => 2))
})

it('a training that is killed twice goes on and comes to the bytes of one that nobody disturbed', async () => {
  const training = scenarios.find(({ kind }) => kind === 'training')!
  const outcomes = await killChain(
    training,
    await undisturbed(training, parent),
    2,
    parent,
    new Draw(1, 'test'),
  )
  expect(outcomes.map(({ verdict, problem }) => [verdict, problem])).toEqual([
    ['accepted', undefined],
    ['accepted', undefined],
  ])
})

it('a campaign makes the same mutations of the same seed, and others of another', async () => {
  const of = subjects.filter(({ kind }) => kind === 'checkpoint')
  const made = async (seed: number) => {
    const done: string[] = []
    await runMutations(6, seed, parent, (_, { file, what }) => done.push(`${file} ${what}`), of)
    return done
  }
  const first = await made(1)
  expect(await made(1)).toEqual(first)
  expect(await made(2)).not.toEqual(first)
})

it('a reader that shows a damaged value, or throws what names no file, is found', async () => {
  const [checkpoint] = subjects
  const careless = { ...checkpoint!, read: () => String(Math.random()) }
  const verdicts: string[] = []
  await runMutations(3, 1, parent, (_, { verdict }) => verdicts.push(verdict), [careless])
  expect(verdicts).toEqual(['lost', 'lost', 'lost'])
  let reads = 0
  const seen: string[] = []
  const failing = {
    ...checkpoint!,
    read() {
      if (reads++ < 2) return String(reads) // of the two whole ones
      throw new TypeError('Cannot read properties of undefined')
    },
  }
  await runMutations(2, 1, parent, (_, { verdict }) => seen.push(verdict), [failing])
  expect(seen).toEqual(['unclear', 'unclear'])
})

it('an error is clear when it is a sentence that names its file', () => {
  expect(isClear(new Error('a/model.json is damaged'), ['model.json'])).toBe(true)
  expect(isClear(new Error('it is damaged'), ['model.json'])).toBe(false)
  expect(isClear(new TypeError('model.json'), ['model.json'])).toBe(false)
  expect(isClear(new Error('model.json: x.map is not a function'), ['model.json'])).toBe(false)
})

it('the report counts each kind, and lists what is unclear or lost', () => {
  const tally = new Tally()
  tally.add('state', 'clear', 'a flipped bit', '')
  tally.add('state', 'lost', 'truncated', 'read as 0')
  const text = reportOf(tally, { line: 'npm run faults', skipped: ['full disks'] })
  expect(text).toContain('| state | 2 | 1 | 0 | 0 | 0 | 1 |')
  expect(text).toContain('| **all** | 2 | 1 | 0 | 0 | 0 | 1 |')
  expect(text).toContain('- state, lost: truncated: read as 0')
  expect(text).toContain('Not tried here: full disks.')
})
