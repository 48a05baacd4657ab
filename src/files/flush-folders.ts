import { closeSync, fsyncSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes the names in a folder outlast a power cut, and the folder itself where it is new.
 *
 * @param made the topmost folder that was made for it, as `mkdir` gives it
 */
export async function flushFolders(folder: string, made?: string): Promise<void> {
  for (const one of foldersOf(folder, made)) {
    const handle = await open(one).catch(() => null)
    // Not every system lets a folder be flushed; where it does not, its names are safe by themselves or cannot be helped.
    await handle?.sync().catch(() => {})
    await handle?.close()
  }
}

/** As `flushFolders`, without letting anything else have its turn. */
export function flushFoldersSync(folder: string, made?: string): void {
  for (const one of foldersOf(folder, made)) {
    try {
      const file = openSync(one, 'r')
      try {
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    } catch {
      // As above.
    }
  }
}

/** The folder and those above it up to the one in which the topmost new one was made. */
function foldersOf(folder: string, made: string | undefined): string[] {
  const top = made === undefined ? folder : dirname(made)
  const folders = [folder]
  while (folders.at(-1) !== top && folders.at(-1) !== dirname(folders.at(-1)!))
    folders.push(dirname(folders.at(-1)!))
  return folders
}
