import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SUMS, sumOf } from '../files/sha256-sums.js'
import { type Golden, parseGolden } from './golden.js'

/**
 * Reads a golden file.
 *
 * @param sums the checksums of its folder's files, see `readSums`; a file without one is what it is
 * @throws Error saying what of its content is missing or wrong, or that it is not the file that was sealed
 */
export function readGolden(folder: string, file: string, sums: ReadonlyMap<string, string> | null): Golden {
  const text = textOf(join(folder, file))
  // What is wrong with its content says more than that something is.
  const golden = parseGolden(text)
  const sum = sums?.get(file)
  if (sum === undefined || sum === sumOf(text)) return golden
  throw new Error(
    `it was damaged or edited: its SHA-256 is not the one in ${SUMS}; where it is meant so, seal the folder anew: sha256sum *.json > ${SUMS}`,
  )
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(
      code === 'ENOENT' ? `it is missing; ${SUMS} names it` : `it cannot be read: ${code ?? error}`,
    )
  }
}
