import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runNotebooks } from '../../src/runner/run-all.js'
import { savedCells, savedText, temporaryFolder, writeCells } from './notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const outFolder = join(folder.path, 'results')
const parameters = { source: 'const parameters = { epochs: 100, name: "full" }', tags: ['parameters'] }
const good = writeCells(join(folder.path, '01-good.ipynb'), [parameters, 'parameters'], {
  thesis: { smoke: { epochs: 1, name: 'smoke' } },
})
const bad = writeCells(join(folder.path, '02-bad.ipynb'), ['throw new Error("broken")'])
const missing = join(folder.path, '03-missing.ipynb')

const collect = () => {
  const lines: string[] = []
  return { lines, writer: { write: (text: string) => lines.push(text) } }
}

test('notebooks run in order with their smoke parameters, and one that fails does not stop the others', async () => {
  const { lines, writer } = collect()
  const { isOk, notebooks } = await runNotebooks([bad, missing, good], {
    outFolder,
    smoke: true,
    sets: { '01-good': ['name=set'] },
    writer,
  })
  expect(isOk).toBe(false)
  expect(notebooks.map(({ name, status }) => [name, status])).toEqual([
    ['02-bad', 'failed'],
    ['03-missing', 'failed'],
    ['01-good', 'done'],
  ])
  expect(savedText(savedCells(join(outFolder, '01-good.ipynb'))[1])).toContain(`{ epochs: 1, name: 'set' }`)
  const text = lines.join('')
  expect(text).toMatch(/\[1\/3\] 02-bad {2}cell 1\/1 {2}[\d.]+ s {2}failed\n/)
  expect(text).toMatch(/Error: broken\n +at cell \[1\]:1:7/)
  expect(text).toContain('03-missing.ipynb cannot be read')
  expect(text).toMatch(/\[3\/3\] 01-good {2}cell 2\/2 {2}[\d.]+ s\n/)
  expect(text).toMatch(/1 of 3 notebooks ran to their end, in .*\n {2}02-bad {6}failed {2}/)
})

test('each notebook is begun with the time left, from what it took before', async () => {
  const times = join(folder.path, 'times')
  const first = collect()
  const other = writeCells(join(folder.path, '04-other.ipynb'), ['1'])
  await runNotebooks([good, other], { outFolder: times, writer: first.writer })
  expect(first.lines).toContain('[1/2] 01-good\n')
  expect(first.lines.find((line) => line.startsWith('[2/2] 04-other  about'))).toMatch(
    /about [\d.]+ s left\n$/,
  )
  const again = collect()
  await runNotebooks([good, other], { outFolder: times, writer: again.writer })
  expect(again.lines.find((line) => line.startsWith('[1/2] 01-good  about'))).toMatch(
    /about [\d.]+ s left\n$/,
  )
})

test('with stopAtFailure the notebooks after a failure do not run', async () => {
  const { writer } = collect()
  const later = join(folder.path, 'later')
  const { isOk, notebooks } = await runNotebooks([missing, good], {
    outFolder: later,
    stopAtFailure: true,
    writer,
  })
  expect(isOk).toBe(false)
  expect(notebooks.map(({ status }) => status)).toEqual(['failed', 'not run'])
  expect(existsSync(join(later, '01-good.ipynb'))).toBe(false)
})

test('an interrupted run starts no further notebook', async () => {
  const { writer } = collect()
  const signal = AbortSignal.abort()
  const { notebooks } = await runNotebooks([good], { outFolder, signal, writer })
  expect(notebooks.map(({ status }) => status)).toEqual(['not run'])
})
