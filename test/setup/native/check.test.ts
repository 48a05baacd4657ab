import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { check } from '../../../src/setup/native/check.js'
import { temporaryFolder } from './temporary-folder.js'

const project = resolve(import.meta.dirname, '../../..')
const parent = temporaryFolder()

function entry(name: string, code: string): string {
  const file = join(parent, name)
  writeFileSync(file, code)
  return file
}

it('a package that does not load is refused with its own error', async () => {
  const file = entry(
    'throwing.cjs',
    "throw new Error('libtensorflow_cc.so.2: cannot open shared object file')",
  )
  await expect(check(file, project)).rejects.toThrow(/^Error: libtensorflow_cc\.so\.2: cannot open/)
})

it('a package that does not become the backend is refused', async () => {
  await expect(check(entry('idle.cjs', ''), project)).rejects.toThrow(/the backend in use is/)
})

it('a crash is told by its signal', async () => {
  const file = entry('crashing.cjs', "process.kill(process.pid, 'SIGABRT')")
  await expect(check(file, project)).rejects.toThrow(/^it was ended by SIGABRT$/)
})
