import { statfsSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/**
 * Refuses what a disk has no room for, before hours are spent on it; where the system does not say how much is free, nothing is refused.
 *
 * @param file what is to be written, whose folder is there
 * @param bytes how many are needed at once
 * @throws Error naming the file, its folder, and how much is needed and free
 */
export function checkRoom(file: string, bytes: number): void {
  const free = freeAt(dirname(file))
  if (free === null || free >= bytes) return
  throw new Error(
    `${basename(file)} has no room in ${dirname(file)}: ${megabytes(bytes)} MB are needed, and ${megabytes(free)} MB are free on that disk`,
  )
}

function freeAt(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
