import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textField } from '../../src/runner/json.js'
import { KernelClient } from '../../src/runner/kernel-client.js'
import { CellOutputs, DisplayRegistry, type Output } from '../../src/runner/outputs.js'

// A project with the kernel's own files, the packages of this one, and a package.json that says what others import from it.
const KERNEL = join('src', 'runner', 'kernel')
const REPOSITORY = join(import.meta.dirname, '..', '..')

const outside = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')))
const project = join(outside, 'project')
const elsewhere = join(outside, 'elsewhere')
let kernel: KernelClient

const save = (file: string, content: string, second = 1000): string => {
  writeFileSync(file, content)
  utimesSync(file, second, second)
  return file
}

const startIn = (folder: string): Promise<KernelClient> => {
  const argv = [process.execPath, join(project, KERNEL, 'tslab-kernel.cjs'), '{connection_file}']
  return KernelClient.start({ spec: { argv, env: {}, interruptMode: 'signal' }, folder })
}

beforeAll(async () => {
  cpSync(join(REPOSITORY, KERNEL), join(project, KERNEL), { recursive: true })
  symlinkSync(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'))
  mkdirSync(join(project, 'notebooks'))
  mkdirSync(elsewhere)
  // What it exports is built for others, and not built here.
  const exported = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } }
  const description = { name: 'executable-thesis', type: 'module', exports: exported }
  save(join(project, 'package.json'), JSON.stringify(description))
  save(join(project, 'src', 'index.ts'), 'export const registered: string[] = []\n')
  save(
    join(project, 'src', 'load.ts'),
    `import { registered } from './index.js'
export const count = { loads: 0 }
export const load = async (url: string): Promise<Record<string, unknown>> => {
  count.loads += 1
  return await import(url)
}
export const known = (): string => registered.join()
export const median = async (): Promise<unknown> => (await import('d3-array')).median([3, 1, 2])
export const mapped = async (): Promise<unknown> => (await import('p-map')).default([1, 2], async (n) => n * 2)
`,
  )
  kernel = await startIn(join(project, 'notebooks'))
})

afterAll(async () => {
  await kernel?.shutdown()
  rmSync(outside, { recursive: true, force: true })
})

const textOf = (output: Output): string => {
  if (output.output_type === 'stream') return output.text
  return output.output_type === 'error' ? output.traceback.join('\n') : String(output.data['text/plain'])
}

/** Runs a cell, and returns the text it shows, that of an error included. */
const show = async (code: string, inKernel = kernel): Promise<string> => {
  const outputs = new CellOutputs(new DisplayRegistry())
  const reply = await inKernel.execute(code, ({ type, content }) => outputs.receive(type, content))
  return `${textField(reply, 'status') === 'ok' ? '' : 'failed: '}${outputs.list.map(textOf).join('')}`
}

const urlOf = (file: string): string => JSON.stringify(pathToFileURL(file).href)

test('a cell imports a TypeScript file of any folder by its URL', async () => {
  const file = save(
    join(elsewhere, 'with space.ts'),
    `import { inner } from './inner.js'\nexport const outer: number = inner + 1\nexport default import.meta.url\n`,
  )
  save(join(elsewhere, 'inner.ts'), 'export const inner: number = 1\n')
  expect(await show(`(await import(${urlOf(file)})).outer`)).toBe('2')
  expect(await show(`(await import(${urlOf(file)})).default`)).toBe(pathToFileURL(file).href)
  expect(await show(`const text: string = (await import(${urlOf(file)})).outer`)).toContain(
    "Type 'number' is not assignable to type 'string'",
  )
})

test('a source of the project imports a file of any folder by its URL', async () => {
  const file = save(join(elsewhere, 'mine.ts'), 'export const mine: string = "here"\n')
  await show(`import { count, known, load, mapped, median } from '../src/load.js'`)
  expect(await show(`(await load(${urlOf(file)})).mine`)).toBe('here')
})

test("a file elsewhere finds the project's packages, and the project by its name", async () => {
  const file = save(
    join(elsewhere, 'network.ts'),
    `import { scalar } from '@tensorflow/tfjs-core'
import { registered } from 'executable-thesis'
registered.push('network')
export const kind: string = typeof scalar
`,
  )
  expect(await show(`(await load(${urlOf(file)})).kind`)).toBe('function')
  expect(await show('known()')).toBe('network')
})

test('a package that neither has is missing from the file that imports it', async () => {
  const file = save(join(elsewhere, 'wrong.ts'), `import 'no-such-package'\n`)
  expect(await show(`await load(${urlOf(file)})`)).toMatch(
    /Cannot find module 'no-such-package'[\s\S]*elsewhere\/wrong\.ts/,
  )
})

test('a file elsewhere that was edited is loaded anew, and the source that asks for it stays', async () => {
  const file = save(join(elsewhere, 'edited.ts'), 'export const value: number = 1\n')
  const loads = Number(await show('count.loads'))
  expect(await show(`(await load(${urlOf(file)})).value`)).toBe('1')
  save(file, 'export const value: number = 2\n', 2000)
  expect(await show(`(await load(${urlOf(file)})).value`)).toBe('2')
  expect(await show(`(await import(${urlOf(file)})).value`)).toBe('2')
  expect(await show(`import { count as counted } from '../src/load.js'\ncounted.loads`)).toBe(
    String(loads + 2),
  )
})

test('a file elsewhere is loaded anew when one that it imports was edited', async () => {
  const file = save(join(elsewhere, 'top.ts'), `export { low } from './low.js'\n`)
  save(join(elsewhere, 'low.ts'), 'export const low: number = 1\n')
  expect(await show(`(await load(${urlOf(file)})).low`)).toBe('1')
  save(join(elsewhere, 'low.ts'), 'export const low: number = 2\n', 2000)
  expect(await show(`(await load(${urlOf(file)})).low`)).toBe('2')
})

test('a source imports packages that are ES modules only, when it needs them', async () => {
  expect(await show('await median()')).toBe('2')
  expect(await show('await mapped()')).toBe('[ 2, 4 ]')
})

test('a cell imports packages that are ES modules only', async () => {
  expect(await show(`(await import('d3-array')).max([1, 3, 2])`)).toBe('3')
  expect(await show(`import pMap from 'p-map'\nawait pMap([1, 2], async (n) => n + 1)`)).toBe('[ 2, 3 ]')
})

test("cells of a notebook elsewhere find the project's packages, and the project by its name", async () => {
  const other = await startIn(elsewhere)
  try {
    const cell = `import { display } from 'tslab'
import { median } from 'd3-array'
import { registered } from 'executable-thesis'
display.text(String(median([3, 1, 2])))
registered.length`
    expect(await show(cell, other)).toBe('20')
  } finally {
    await other.shutdown()
  }
})
