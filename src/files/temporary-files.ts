import { randomUUID } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { isRunning } from './is-running.js'

/** How long a temporary file of another machine's is left alone, in milliseconds: whether its process runs cannot be asked from here. */
const AN_HOUR = 3_600_000

/** This machine, as names of files may hold it. */
const HERE = hostname()
  .replaceAll(/[^A-Za-z0-9.]/g, '')
  .slice(0, 24)

/** A name beside a file for what is not whole yet; it says which process of which machine writes it. */
export const temporaryOf = (file: string): string => `${file}.${process.pid}@${HERE}-${randomUUID()}.tmp`

const TEMPORARY = /\.(?<pid>\d+)(?:@(?<host>[A-Za-z0-9.]*))?-[0-9a-f-]{36}\.tmp$/

/** Whether a file is a temporary one whose process is gone; one of another machine's counts as such after an hour. */
export function isAbandoned(path: string): boolean {
  const { pid, host = HERE } = TEMPORARY.exec(basename(path))?.groups ?? {}
  if (pid === undefined) return false
  if (host === HERE) return !isRunning(Number(pid))
  const written = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY
  return Date.now() - written > AN_HOUR
}

/** Removes the temporary files in a folder whose processes died before they could rename or remove them. */
export function removeAbandoned(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    if (isAbandoned(path)) removeQuietly(path)
  }
}

const cleaned = new Set<string>()

/** As `removeAbandoned`, the first time that this process writes into the folder. */
export function removeAbandonedOnce(folder: string): void {
  if (cleaned.has(folder)) return
  cleaned.add(folder)
  removeAbandoned(folder)
}

const unfinished = new Set<string>()

/** Notes that a temporary file is about to be made: it is removed when the process exits before it is in place. */
export function begin(temporary: string): void {
  if (unfinished.size === 0) process.on('exit', removeUnfinished)
  unfinished.add(temporary)
}

/** Notes that a temporary file is in place or gone. */
export function finish(temporary: string): void {
  unfinished.delete(temporary)
  if (unfinished.size === 0) process.off('exit', removeUnfinished)
}

/** Removes what this process has begun to write and not finished. */
function removeUnfinished(): void {
  for (const temporary of unfinished) removeQuietly(temporary)
}

/** Removes a file where it can be: what could not be written is what matters. */
export function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The next start removes it.
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
