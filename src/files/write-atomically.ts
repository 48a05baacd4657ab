import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flushFolders, flushFoldersSync } from './flush-folders.js'
import { begin, finish, removeAbandonedOnce, removeQuietly, temporaryOf } from './temporary-files.js'
import { unwritten } from './unwritten.js'

/**
 * Writes a file whole or not at all: to a temporary file in the same folder, made if need be, which is then renamed. When it
 * resolves, a power cut cannot undo it. What processes that died left in the folder is removed.
 *
 * @throws Error naming the file, its folder and why it cannot be written, such as a full disk
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryOf(file)
  const folder = dirname(file)
  try {
    const made = await mkdir(folder, { recursive: true })
    removeAbandonedOnce(folder)
    begin(temporary)
    await writeFile(temporary, bytes, { flag: 'wx', flush: true })
    await rename(temporary, file)
    await flushFolders(folder, made)
  } catch (error) {
    removeQuietly(temporary)
    throw unwritten(file, error)
  } finally {
    finish(temporary)
  }
}

/** As `writeAtomically`, without letting anything else have its turn. */
export function writeAtomicallySync(file: string, content: string | Uint8Array): void {
  const temporary = temporaryOf(file)
  const folder = dirname(file)
  try {
    const made = mkdirSync(folder, { recursive: true })
    removeAbandonedOnce(folder)
    begin(temporary)
    writeFileSync(temporary, content, { flag: 'wx', flush: true })
    renameSync(temporary, file)
    flushFoldersSync(folder, made)
  } catch (error) {
    removeQuietly(temporary)
    throw unwritten(file, error)
  } finally {
    finish(temporary)
  }
}
