import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../files/is-running.js'
import { ownStudy } from './study-folder.js'

/** A cell that this process alone computes. */
export interface CellLock {
  release(): void
}

/**
 * Takes a cell for this process.
 *
 * @returns null where another process has it, that is still there or of another machine, which cannot be asked
 */
export function lockCell(study: string, id: string): CellLock | null {
  const folder = join(ownStudy(study), 'locks')
  const file = join(folder, `${id}.lock`)
  mkdirSync(folder, { recursive: true })
  for (const again of [true, false]) {
    try {
      writeFileSync(file, `${hostname()} ${process.pid}\n`, { flag: 'wx' })
      return { release: () => rmSync(file, { force: true }) }
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

function isAbandoned(file: string): boolean {
  const [host, pid] = readFileSync(file, 'utf8').trim().split(' ')
  return host === hostname() && !isRunning(Number(pid))
}
