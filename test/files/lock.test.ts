import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { holderOf, isLocked, takeLock, waitForLock } from '../../src/files/lock.js'
import { temporaryFolder } from '../runner/notebooks.js'

const { path, remove } = temporaryFolder()
const file = join(path, 'locks', 'work.lock')
beforeEach(() => mkdirSync(join(path, 'locks'), { recursive: true }))
afterEach(() => {
  vi.useRealTimers()
  rmSync(join(path, 'locks'), { recursive: true, force: true })
})
describe('a lock', () => {
  it('is one’s alone until it is released, and says who has it', () => {
    const lock = takeLock(file)
    expect(holderOf(file)).toEqual({ host: hostname(), pid: process.pid })
    expect(takeLock(file)).toBeNull()
    expect(isLocked(file)).toBe(true)
    lock!.release()
    expect(isLocked(file)).toBe(false)
    expect(existsSync(file)).toBe(false)
  })

  it('of a process of this machine that is gone can be taken at once', () => {
    writeFileSync(file, `${hostname()} ${2 ** 31 - 1}\n`)
    expect(isLocked(file)).toBe(false)
    takeLock(file)!.release()
  })

  it('of another machine can be taken after a quarter of an hour without a sign of life, and not before', () => {
    writeFileSync(file, 'another-machine 1\n')
    expect(takeLock(file)).toBeNull()
    const before = new Date(Date.now() - 16 * 60_000)
    utimesSync(file, before, before)
    takeLock(file)!.release()
  })

  it('of this process can be taken anew where its work was cut off, and not while it goes on', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const lock = takeLock(file)!
    vi.advanceTimersByTime(50_000)
    lock.touch()
    vi.advanceTimersByTime(50_000)
    expect(takeLock(file)).toBeNull()
    vi.advanceTimersByTime(20_000)
    takeLock(file)!.release()
  })

  it('is waited for until it is released, by one who is told who has it', async () => {
    const lock = takeLock(file)!
    const told: number[] = []
    const waiting = waitForLock(file, { onWait: ({ pid }) => told.push(pid) })
    lock.release()
    const next = await waiting
    expect(told).toEqual([process.pid])
    expect(isLocked(file)).toBe(true)
    next!.release()
  })

  it('is not waited for any longer than the signal says', async () => {
    const lock = takeLock(file)!
    expect(await waitForLock(file, { signal: AbortSignal.timeout(20) })).toBeNull()
    lock.release()
  })

  it('that does not say whose it is counts as damaged after a moment, and not while it is being made', () => {
    writeFileSync(file, '\0\0\0\0')
    expect(takeLock(file)).toBeNull()
    const before = new Date(Date.now() - 6_000)
    utimesSync(file, before, before)
    takeLock(file)!.release()
  })

  it('goes with the process that has it, when that exits', () => {
    const script = `
      import { takeLock } from './src/files/lock.ts'
      if (takeLock(${JSON.stringify(file)}) === null) process.exit(2)
      process.exit(7)`
    const ended = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script])
    expect(ended.status).toBe(7)
    expect(existsSync(file)).toBe(false)
  })

  it('that cannot be written names its file', () => {
    writeFileSync(join(path, 'locks', 'in-the-way'), '')
    expect(() => takeLock(join(path, 'locks', 'in-the-way', 'work.lock'))).toThrow(
      'work.lock cannot be written in',
    )
  })
})

afterAll(remove)
