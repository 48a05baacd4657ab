import { readdir, rm, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { takeLock } from '../../files/lock.js'
import { lockFileOf } from '../models/training-run.js'
import type { Run } from './run.js'

/** Why a run is not removed; null where it may be. */
export function whyKept({ id, isShipped, status }: Run): string | null {
  if (isShipped) return `${id} is shipped and stays`
  return status === 'running' ? `${id} is being trained now` : null
}

/**
 * Removes a training with all that it left.
 *
 * @throws Error where it is shipped or a process trains it
 * @example
 * for (const run of listRuns().filter(({ status }) => status === 'damaged')) await removeRun(run)
 */
export async function removeRun(run: Run): Promise<void> {
  const why = whyKept(run)
  if (why !== null) throw new Error(why)
  const file = lockFileOf(run.folder)
  const lock = takeLock(file)
  if (lock === null) throw new Error(`${run.id} is being trained now`)
  try {
    for (const name of await readdir(run.folder))
      if (name !== basename(file)) await rm(join(run.folder, name), { recursive: true, force: true })
  } finally {
    lock.release()
  }
  // Whoever has begun to train it meanwhile keeps the folder.
  await rmdir(run.folder).catch(() => {})
}
