import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { executeNotebook } from '../../src/runner/execute.js'
import { projectKernel, readKernelSpec } from '../../src/runner/kernel-spec.js'
import { checkLanguage, notebookLanguage } from '../../src/runner/notebook-language.js'
import { UsageError } from '../../src/runner/usage-error.js'
import { temporaryFolder, writeCells } from './notebooks.js'

const folder = temporaryFolder()
afterAll(folder.remove)

const kernel = (name: string, language?: string) => ({
  kernelspec: { name, display_name: name, ...(language ? { language } : {}) },
})

test.each([
  ['no kernel', {}, undefined],
  ['a kernel without a language', kernel('mine'), undefined],
  ['a kernel of any name', kernel('deno', 'typescript'), 'typescript'],
  ['a language alone', { language_info: { name: 'R' } }, 'R'],
  [
    'a kernel that was chosen after a run of another',
    { ...kernel('x', 'typescript'), language_info: { name: 'python' } },
    'typescript',
  ],
  ['a kernel whose name says it', kernel('python3'), 'python'],
  ['R’s own kernel', kernel('ir'), 'R'],
  ['one of Julia', kernel('julia-1.10'), 'julia'],
] as const)('%s says which language', (_, metadata, language) => {
  expect(notebookLanguage(metadata)).toBe(language)
})

test.each([
  [{}],
  [kernel('any', 'TypeScript')],
  [kernel('tslab')],
  [{ language_info: { name: 'typescript' } }],
])('a notebook with %j runs', (metadata) =>
  expect(() => checkLanguage('a.ipynb', metadata, projectKernel)).not.toThrow(),
)

test('the language of a kernel that was chosen counts', () => {
  writeFileSync(join(folder.path, 'kernel.json'), JSON.stringify({ argv: ['python'], language: 'python' }))
  const python = readKernelSpec(folder.path)
  expect(() => checkLanguage('a.ipynb', kernel('python3', 'python'), python)).not.toThrow()
  expect(() => checkLanguage('a.ipynb', kernel('tslab', 'typescript'), python)).toThrow(UsageError)
})

test('a kernel that says no language takes any notebook', () => {
  const silent = { argv: ['kernel'], env: {}, interruptMode: 'signal' as const }
  expect(() => checkLanguage('a.ipynb', kernel('python3', 'python'), silent)).not.toThrow()
})

test('a notebook of another language is refused before a kernel starts, with the kernels that are allowed', async () => {
  const notebook = writeCells(join(folder.path, 'python.ipynb'), ['1'], kernel('python3', 'python'))
  const startedKernel = () => Promise.reject(new Error('a kernel was started'))
  const refused = executeNotebook({ notebook, out: join(folder.path, 'out.ipynb'), startedKernel })
  await expect(refused).rejects.toThrow(UsageError)
  await expect(refused).rejects.toThrow(
    /python\.ipynb is for python \(kernel "python3"\), and the kernel that would run it is for typescript: its kernelspec may have any name, with the language "typescript", or be missing\./,
  )
})
