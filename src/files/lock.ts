import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning } from './is-running.js'
import { unwritten } from './unwritten.js'

/** Work that is this process's alone. */
export interface Lock {
  /** Says that the work goes on; without it for a minute, the same process may take the work anew. */
  touch(): void
  release(): void
}

/** Who has the work. */
export interface Holder {
  readonly host: string
  readonly pid: number
}

/** How often a process says that it still has its work, and after how long a silence another machine counts as gone. */
const SIGN_OF_LIFE = 60_000
const SILENCE = 15 * SIGN_OF_LIFE
/** After how long a silence work of this very process counts as cut off, such as that of a notebook's cell. */
const CUT_OFF = 60_000
const MOMENT = 5_000

/** When the work of this process was last touched, by file. */
const own = new Map<string, number>()

/**
 * Takes the work that a file stands for; the file holds the machine and the process.
 *
 * @returns null where another has it that is still there; a machine that has said nothing for a quarter of an hour counts as gone
 * @throws Error naming the file where it cannot be written
 */
export function takeLock(file: string): Lock | null {
  for (const again of [true, false]) {
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeHolder(file)
      return held(file)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST' && holderOf(file) !== null))
        throw unwritten(file, error)
      if (!again || !isAbandoned(file)) return null
      rmSync(file, { force: true })
    }
  }
  return null
}

/** Writes who has the work into a file that must not be there yet; on a full disk there is none afterwards either. */
function writeHolder(file: string): void {
  const handle = openSync(file, 'wx')
  try {
    writeFileSync(handle, `${hostname()} ${process.pid}\n`)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
}

/**
 * As `takeLock`, once nobody else has the work any longer.
 *
 * @param options.onWait told once who has it, where somebody has
 * @returns null when the signal said to stop waiting
 */
export async function waitForLock(
  file: string,
  { signal, onWait }: { readonly signal?: AbortSignal; onWait?(holder: Holder): void } = {},
): Promise<Lock | null> {
  for (let turn = 0; ; turn++) {
    if (signal?.aborted) return null
    const lock = takeLock(file)
    if (lock !== null) return lock
    const holder = holderOf(file)
    if (turn === 0 && holder !== null) onWait?.(holder)
    await delay(500, undefined, { signal }).catch(() => {})
  }
}

/** Whether somebody has the work. */
export const isLocked = (file: string): boolean => holderOf(file) !== null && !isAbandoned(file)

/** Who has the work, or had it when it died; null where there is no lock. */
export function holderOf(file: string): Holder | null {
  try {
    const [host = '', pid] = readFileSync(file, 'utf8').trim().split(' ')
    return { host, pid: Number(pid) }
  } catch {
    return null
  }
}

/** What this process still has when it exits is nobody's any more. */
function releaseAll(): void {
  for (const file of own.keys()) rmSync(file, { force: true })
}

function held(file: string): Lock {
  if (own.size === 0) process.on('exit', releaseAll)
  own.set(file, Date.now())
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
    touch() {
      own.set(file, Date.now())
    },
    release() {
      clearInterval(timer)
      own.delete(file)
      if (own.size === 0) process.off('exit', releaseAll)
      rmSync(file, { force: true })
    },
  }
}

function isAbandoned(file: string): boolean {
  const holder = holderOf(file)
  if (holder === null) return true
  // A lock is there a moment before it says whose it is; one that never does was damaged.
  if (!Number.isSafeInteger(holder.pid) || holder.pid < 1) return Date.now() - modified(file) > MOMENT
  if (holder.host !== hostname()) return Date.now() - modified(file) > SILENCE
  if (holder.pid !== process.pid) return !isRunning(holder.pid)
  return Date.now() - (own.get(file) ?? 0) > CUT_OFF
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
