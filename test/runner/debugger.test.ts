import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/runner/json.js'
import { TestKernel } from './kernels.js'
import { temporaryFolder } from './notebooks.js'

// The requests that JupyterLab sends, in its order.

/** What answers hold, as far as it is looked at. */
interface Body {
  readonly sourcePath: string
  readonly breakpoints: readonly { readonly verified: boolean; readonly line: number }[]
  readonly stackFrames: readonly {
    readonly id: number
    readonly name: string
    readonly line: number
    readonly source: { readonly path: string }
  }[]
  readonly scopes: readonly { readonly variablesReference: number }[]
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  readonly result: string
  readonly content: string
  readonly data: Readonly<Record<string, string>>
  readonly isStarted: boolean
}

const temporary = temporaryFolder()
let kernel: TestKernel
let sequence = 0
beforeAll(async () => {
  kernel = await TestKernel.start(temporary.path)
  await ask('initialize', { clientID: 'test', linesStartAt1: true, pathFormat: 'path' })
  await ask('attach')
}, 60_000)
afterAll(async () => {
  await kernel?.shutdown()
  temporary.remove()
})

/** Sends a request of the debugger, and returns the body of the answer. */
async function ask(command: string, words: JsonObject = {}): Promise<Body> {
  sequence += 1
  const request = { type: 'request', seq: sequence, command, arguments: words }
  const reply = await kernel.client.control('debug_request', request)
  if (reply.success !== true) throw new Error(`${command}: ${reply.message}`)
  return reply.body as unknown as Body
}

/** Sets breakpoints in a cell, by its text. */
const stopIn = async (code: string, ...lines: number[]): Promise<string> => {
  const { sourcePath } = await ask('dumpCell', { code })
  const breakpoints: Json = lines.map((line) => ({ line }))
  const { breakpoints: set } = await ask('setBreakpoints', {
    source: { path: sourcePath },
    breakpoints,
    sourceModified: false,
  })
  expect(set.map(({ verified, line }) => [verified, line])).toEqual(lines.map((line) => [true, line]))
  return sourcePath
}

/** Waits until the debugger knows of a stopped cell. */
const stopped = async (): Promise<Body['stackFrames']> => {
  for (;;) {
    const { stackFrames } = await ask('stackTrace', { threadId: 1 })
    if (stackFrames.length > 0) return stackFrames
    await new Promise((done) => setTimeout(done, 5))
  }
}

const variables = async (frameId: number): Promise<Record<string, string>> => {
  const { scopes } = await ask('scopes', { frameId })
  const found: Record<string, string> = {}
  for (const { variablesReference } of [...scopes].reverse()) {
    const { variables } = await ask('variables', { variablesReference })
    for (const { name, value } of variables) found[name] = value
  }
  return found
}

test('a cell stops at a breakpoint, shows its TypeScript lines and variables, steps, and goes on', async () => {
  await kernel.show('const earlier = { rate: 0.5 }')
  const code = `interface Point { x: number }
// A comment that compilation removes.
const scale = (p: Point, by: number): number => {
  const wide: number = p.x * by
  return wide + 1
}
const total = scale({ x: 3 }, earlier.rate)
total`
  const path = await stopIn(code, 4)
  const run = kernel.show(code)
  const frames = await stopped()
  expect(frames.map(({ name, line, source }) => [name, line, source.path === path])).toEqual([
    ['scale', 4, true],
    ['cell', 7, true],
  ])
  expect(await variables(0)).toMatchObject({ p: '{x: 3}', by: '0.5' })
  await ask('next', { threadId: 1 })
  const [top] = await stopped()
  expect(top?.line).toBe(5)
  expect(await variables(top!.id)).toMatchObject({ wide: '1.5' })
  expect((await ask('evaluate', { expression: 'wide * 2', frameId: top!.id })).result).toBe('3')
  expect((await ask('evaluate', { expression: 'earlier.rate', frameId: top!.id })).result).toBe('0.5')
  expect(Object.keys(await variables(frames[1]!.id))).not.toContain('$enter')
  expect(await variables(1)).toMatchObject({ earlier: '{rate: 0.5}' })
  await ask('continue', { threadId: 1 })
  expect(await run).toBe('2.5')
})

test('a cell that awaits stops in every turn of a loop, and at a condition', async () => {
  const code = `const seen: number[] = []
for (let i = 0; i < 3; i++) {
  await null
  seen.push(i)
}
seen`
  const path = await stopIn(code, 4)
  const run = kernel.show(code)
  for (const i of [0, 1, 2]) {
    const [top] = await stopped()
    expect((await ask('evaluate', { expression: 'i', frameId: top!.id })).result).toBe(String(i))
    await ask('continue', { threadId: 1 })
  }
  expect(await run).toBe('[ 0, 1, 2 ]')
  await ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 4, condition: 'i === 2' }] })
  const again = kernel.show(code)
  const [top] = await stopped()
  expect((await ask('evaluate', { expression: 'i', frameId: top!.id })).result).toBe('2')
  await ask('continue', { threadId: 1 })
  await again
  await ask('setBreakpoints', { source: { path }, breakpoints: [] })
  expect(await kernel.show(code)).toBe('[ 0, 1, 2 ]')
})

test('a source that a cell imports stops at its TypeScript line, and can be stepped into and out of', async () => {
  const folder = join(temporary.path, 'sources')
  mkdirSync(folder)
  const file = join(folder, 'twice.ts')
  writeFileSync(
    file,
    `interface Unused { a: number }\n\nexport const twice = (n: number): number => {\n  const doubled: number = 2 * n\n  return doubled\n}\n`,
  )
  await kernel.show(`import { twice } from './sources/twice.js'`)
  await ask('setBreakpoints', { source: { path: file }, breakpoints: [{ line: 5 }] })
  const run = kernel.show('const four = twice(2)\nfour')
  const frames = await stopped()
  expect(frames.map(({ name, line, source }) => [name, line, source.path === file])).toEqual([
    ['twice', 5, true],
    ['cell', 1, false],
  ])
  expect(await variables(0)).toMatchObject({ n: '2', doubled: '4' })
  expect((await ask('source', { source: { path: file } })).content).toContain('const doubled: number')
  await ask('stepOut', { threadId: 1 })
  expect((await stopped())[0]!.name).toBe('cell')
  await ask('continue', { threadId: 1 })
  expect(await run).toBe('4')
  await ask('setBreakpoints', { source: { path: file }, breakpoints: [] })
})

test('an interrupt ends a stopped cell', async () => {
  const code = `let steps = 0\nfor (;;) {\n  steps++\n}`
  await stopIn(code, 3)
  const run = kernel.fail(code)
  await stopped()
  kernel.client.interrupt()
  expect((await run).ename).toBe('Interrupted')
  await stopIn(code)
})

test('while no cell is stopped, the variables of all cells are there, and the state is told', async () => {
  const { variables: all } = await ask('inspectVariables')
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['earlier', 'scale', 'four']))
  const rich = await ask('richInspectVariables', { variableName: 'earlier' })
  expect(rich.data['text/plain']).toBe('{rate: 0.5}')
  expect(await ask('debugInfo')).toMatchObject({ isStarted: true, hashMethod: 'Murmur2', stoppedThreads: [] })
  await expect(ask('nonsense')).rejects.toThrow("does not know the request 'nonsense'")
  await ask('disconnect', { restart: false })
  expect((await ask('debugInfo')).isStarted).toBe(false)
  expect(await kernel.show('four')).toBe('4')
})
