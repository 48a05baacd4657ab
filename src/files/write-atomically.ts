import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isRunning } from './is-running.js'

/**
 * Writes a file whole or not at all: to a temporary file in the same folder, made if need be, which is then renamed.
 *
 * @throws Error naming the file, its folder and why it cannot be written, such as a full disk
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryOf(file)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(temporary, bytes, { flag: 'wx', flush: true })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw unwritten(file, error)
  }
}

/** As `writeAtomically`, without letting anything else have its turn. */
export function writeAtomicallySync(file: string, content: string | Uint8Array): void {
  const temporary = temporaryOf(file)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(temporary, content, { flag: 'wx', flush: true })
    renameSync(temporary, file)
  } catch (error) {
    try {
      rmSync(temporary, { force: true })
    } catch {
      // What could not be written is what the caller has to know.
    }
    throw unwritten(file, error)
  }
}

/** Removes the temporary files in a folder whose processes died before they could rename or remove them. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    if (isAbandoned(name)) await rm(join(folder, name), { force: true })
}

/** Whether a file is a temporary one whose process is gone. */
export function isAbandoned(name: string): boolean {
  const writer = TEMPORARY.exec(name)?.[1]
  return writer !== undefined && !isRunning(Number(writer))
}

const temporaryOf = (file: string): string => `${file}.${process.pid}-${randomUUID()}.tmp`
const TEMPORARY = /\.(\d+)-[0-9a-f-]{36}\.tmp$/

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  EISDIR: 'a folder has its name',
}

const codeOf = (error: unknown): unknown => (error as Partial<NodeJS.ErrnoException> | null)?.code

/** Why a file cannot be written, naming it and its folder. */
export function unwritten(file: string, error: unknown): Error {
  const code = String(codeOf(error) ?? '')
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error))
  const message = `${basename(file)} cannot be written in ${dirname(file)}: ${reason}${code in REASONS ? ` (${code})` : ''}`
  return Object.assign(new Error(message, { cause: error }), { code })
}
