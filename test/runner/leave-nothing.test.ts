import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { isRunning } from '../../src/files/is-running.js'
import { temporaryFolder, writeCells } from './notebooks.js'

const RUNNER = join(import.meta.dirname, '..', '..', 'src', 'commands', 'notebook.ts')
const START = join(import.meta.dirname, 'fixtures', 'start-kernel.ts')

const folder = temporaryFolder()
// The paths of sockets are short, so that a temporary folder inside the project may be too deep for them.
const temporary = mkdtempSync(join(tmpdir(), 't-'))
afterAll(() => {
  folder.remove()
  rmSync(temporary, { recursive: true, force: true })
})

const notebook = writeCells(join(folder.path, '01-waits.ipynb'), ['1', 'await new Promise(() => {})'])

interface Run {
  readonly child: ChildProcess
  readonly temporary: string
  /** Resolves with what the process has written when a text is in it. */
  until(text: string): Promise<string>
  readonly exitCode: Promise<number | null>
}

const start = (name: string, ...args: string[]): Run => {
  const own = join(temporary, name)
  mkdirSync(own)
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    env: { ...process.env, TMPDIR: own, TSX_DISABLE_CACHE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  let wake = (): void => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
      wake()
    })
  }
  return {
    child,
    temporary: own,
    until: (text) =>
      new Promise((resolve) => {
        wake = () => {
          if (written.includes(text)) resolve(written)
        }
        wake()
      }),
    exitCode: new Promise((resolve) => child.once('exit', resolve)),
  }
}

/** What lies in a temporary folder, without the folder of tsx, which compiles the runner. */
const left = (place: string): string[] => readdirSync(place).filter((name) => !name.startsWith('tsx-'))

const runNotebook = (name: string): Run =>
  start(name, RUNNER, notebook, '--out', join(folder.path, `${name}.ipynb`))

test.each(['SIGTERM', 'SIGHUP'] as const)(
  'a runner that is ended by %s leaves nothing in the temporary folder',
  async (signal) => {
    const run = runNotebook(signal)
    await run.until('cell 1/2')
    expect(left(run.temporary)).toHaveLength(1)
    run.child.kill(signal)
    expect(await run.exitCode).toBe(signal === 'SIGTERM' ? 143 : 129)
    expect(left(run.temporary)).toEqual([])
  },
)

test('a runner that is interrupted twice leaves nothing in the temporary folder', async () => {
  const run = runNotebook('twice')
  await run.until('cell 1/2')
  run.child.kill('SIGINT')
  await run.until('Interrupting; once more to end at once.')
  run.child.kill('SIGINT')
  expect(await run.exitCode).toBe(130)
  expect(left(run.temporary)).toEqual([])
})

test('a program that is ended by SIGTERM ends its kernel too, and leaves nothing in the temporary folder', async () => {
  const run = start('program', START)
  const kernel = Number(await run.until('\n'))
  expect(isRunning(kernel)).toBe(true)
  run.child.kill('SIGTERM')
  expect(await run.exitCode).toBe(143)
  while (isRunning(kernel)) await delay(50)
  expect(left(run.temporary)).toEqual([])
})
