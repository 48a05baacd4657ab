import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning } from '../../files/is-running.js'

const POLL_MILLISECONDS = 200

/** Runs `install` while no other process does so for the same folder; one that ended without a word holds nobody up. */
export async function withOneInstaller(
  root: string,
  signal: AbortSignal,
  install: () => Promise<void>,
): Promise<void> {
  await mkdir(root, { recursive: true })
  const lock = join(root, 'installing')
  while (!(await take(lock))) await delay(POLL_MILLISECONDS, undefined, { signal })
  try {
    await install()
  } finally {
    await rm(lock, { force: true })
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const text = await readFile(lock, 'utf8').catch(() => null)
  // Whoever made it has not written its number yet, or has just taken it away.
  if (!text) return false
  if (!isRunning(Number(text))) await rm(lock, { force: true })
  return false
}
