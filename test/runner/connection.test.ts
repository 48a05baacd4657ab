import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { createConnection } from '../../src/runner/connection.js'

const place = mkdtempSync(join(tmpdir(), 't-'))
vi.stubEnv('TMPDIR', place)
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(place, { recursive: true, force: true })
})

it('what a killed runner left in the temporary folder goes when the next one starts, and nothing else', async () => {
  const id = '01234567-89ab-cdef-0123-456789abcdef'
  const folderOf = (name: string, pid: number) => {
    mkdirSync(join(place, name))
    writeFileSync(join(place, name, `runner.${pid}-${id}.tmp`), '')
    writeFileSync(join(place, name, 'connection.json'), '{}')
    return join(place, name)
  }
  const dead = folderOf('nb-dead00', 2 ** 31 - 1)
  const running = folderOf('nb-lives0', process.ppid)
  const others = folderOf('mine-dead00', 2 ** 31 - 1)
  const connection = await createConnection()
  expect([dead, running, others].map(existsSync)).toEqual([false, true, true])
  connection.remove()
  expect(readdirSync(place).sort()).toEqual(['mine-dead00', 'nb-lives0'])
})
