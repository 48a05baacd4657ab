import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { jupyterEnvironment, KERNEL_NAME, writeKernelSpec } from '../../src/setup/kernelspec.js'

let folder: string
beforeEach(() => {
  const parent = join(import.meta.dirname, '..', '..', '.cache')
  mkdirSync(parent, { recursive: true })
  folder = mkdtempSync(join(parent, 'kernelspec-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the specification is where Jupyter looks for it under JUPYTER_PATH', () => {
  const file = writeKernelSpec(folder)
  expect(file).toBe(join(folder, 'kernels', KERNEL_NAME, 'kernel.json'))
  expect(jupyterEnvironment({}, folder)).toEqual({ JUPYTER_PATH: folder })
  expect(jupyterEnvironment({ JUPYTER_PATH: 'other' }, folder).JUPYTER_PATH).toBe(
    `${folder}${delimiter}other`,
  )
})

test('the command of the specification exists and starts the kernel', () => {
  const spec: unknown = JSON.parse(readFileSync(writeKernelSpec(folder), 'utf8'))
  expect(spec).toMatchObject({
    display_name: 'TypeScript (thesis)',
    interrupt_mode: 'message',
    language: 'typescript',
    metadata: { debugger: true },
  })
  const { argv } = spec as { argv: string[] }
  const [node = '', script = '', placeholder] = argv
  expect([existsSync(node), existsSync(script), placeholder]).toEqual([true, true, '{connection_file}'])
  expect(spawnSync(node, [script], { encoding: 'utf8' }).stderr).toContain('Usage: node tslab-kernel.cjs')
})

test('a specification that is right already is not written again', () => {
  const file = writeKernelSpec(folder)
  utimesSync(file, 1000, 1000)
  writeKernelSpec(folder)
  expect(statSync(file).mtimeMs).toBe(1_000_000)
  rmSync(dirname(file), { recursive: true })
  expect(existsSync(writeKernelSpec(folder))).toBe(true)
})
