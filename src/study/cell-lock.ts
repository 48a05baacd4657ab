import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../files/is-running.js'
import { ownStudy } from './study-folder.js'

/** A cell that this process alone computes. */
export interface CellLock {
  release(): void
}

/** How often a process says that it still has its cell, and after how long a silence another machine counts as gone. */
const SIGN_OF_LIFE = 60_000
const SILENCE = 15 * SIGN_OF_LIFE

/**
 * Takes a cell for this process.
 *
 * @returns null where another process has it that is still there; a machine that has said nothing for a quarter of an hour counts as gone
 */
export function lockCell(study: string, id: string): CellLock | null {
  const folder = join(ownStudy(study), 'locks')
  const file = join(folder, `${id}.lock`)
  mkdirSync(folder, { recursive: true })
  for (const again of [true, false]) {
    try {
      writeFileSync(file, `${hostname()} ${process.pid}\n`, { flag: 'wx' })
      return held(file)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      if (!again || !isAbandoned(file)) return null
      rmSync(file, { force: true })
    }
  }
  return null
}

/** The ids of the cells that a process computes now. */
export const isLocked = (study: string, id: string): boolean => {
  try {
    return !isAbandoned(join(ownStudy(study), 'locks', `${id}.lock`))
  } catch {
    return false
  }
}

function held(file: string): CellLock {
  const timer = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(file, now, now)
    } catch {
      // Whoever took the lock away knows why.
    }
  }, SIGN_OF_LIFE)
  timer.unref()
  return {
    release() {
      clearInterval(timer)
      rmSync(file, { force: true })
    },
  }
}

function isAbandoned(file: string): boolean {
  const [host, pid] = readFileSync(file, 'utf8').trim().split(' ')
  return host === hostname() ? !isRunning(Number(pid)) : Date.now() - statSync(file).mtimeMs > SILENCE
}
