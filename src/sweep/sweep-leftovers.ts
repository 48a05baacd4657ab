import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isLocked } from '../files/lock.js'
import { readRecord, runNames, sweepsFolder } from './sweep-folder.js'

/** A file or folder of a sweep that nothing reads any longer, and why. */
export interface SweepLeftover {
  readonly path: string
  readonly why: string
}

/** What is left over in `results/sweeps`: runs that were cut off, whose folders the next run empties, and locks of processes that are gone. */
export function sweepLeftovers(): SweepLeftover[] {
  const parent = sweepsFolder()
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .sort()
    .flatMap((name) => {
      const folder = join(parent, name)
      const lock = join(folder, 'lock')
      if (isLocked(lock)) return []
      const runs = runNames(folder).map((run) => join(folder, run))
      const isCutOff = (path: string) => !['finished', 'failed'].includes(readRecord(path)?.status ?? '')
      return [
        ...runs.filter(isCutOff).map((path) => ({ path, why: 'its run was cut off and starts anew' })),
        ...(existsSync(lock) ? [{ path: lock, why: 'its process is gone' }] : []),
      ]
    })
}
