import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A file or folder that nothing reads any longer. */
export interface Leftover {
  readonly path: string
  readonly bytes: number
  /** Why nothing reads it. */
  readonly why: string
  /** Whether it may be removed; what belongs to the project's history is only listed. */
  readonly isRemovable: boolean
}

/** A leftover at a path, with its size. */
export const leftover = (path: string, why: string, isRemovable = true): Leftover => ({
  path,
  bytes: bytesOf(path),
  why,
  isRemovable,
})

/** How many bytes a file or all files of a folder have. */
function bytesOf(path: string): number {
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (!entry?.isDirectory()) return entry?.size ?? 0
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}

/** The names in a folder, sorted; none where there is no folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
