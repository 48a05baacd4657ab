import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isCellLocked, lockCell } from '../../src/study/cell-lock.js'
import { ownStudy } from '../../src/study/study-folder.js'

const STUDY = 'locks-of-a-test'
const file = join(ownStudy(STUDY), 'locks', 'cell.lock')
beforeEach(() => {
  mkdirSync(join(ownStudy(STUDY), 'locks'), { recursive: true })
})
afterEach(() => rmSync(ownStudy(STUDY), { recursive: true, force: true }))

describe('a cell', () => {
  it('is one process’s alone until it lets go', () => {
    const lock = lockCell(STUDY, 'cell')
    expect(isCellLocked(STUDY, 'cell')).toBe(true)
    expect(lockCell(STUDY, 'cell')).toBeNull()
    lock!.release()
    expect(isCellLocked(STUDY, 'cell')).toBe(false)
    expect(existsSync(file)).toBe(false)
  })

  it('of a process of this machine that is gone can be taken', () => {
    writeFileSync(file, `${hostname()} 999999999\n`)
    expect(isCellLocked(STUDY, 'cell')).toBe(false)
    const lock = lockCell(STUDY, 'cell')
    expect(lock).not.toBeNull()
    lock!.release()
  })

  it('of another machine can be taken after a quarter of an hour without a sign of life, and not before', () => {
    writeFileSync(file, 'another-machine 1\n')
    expect(lockCell(STUDY, 'cell')).toBeNull()
    const before = new Date(Date.now() - 16 * 60_000)
    utimesSync(file, before, before)
    const lock = lockCell(STUDY, 'cell')
    expect(lock).not.toBeNull()
    lock!.release()
  })
})
