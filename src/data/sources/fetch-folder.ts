import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetFile } from './dataset-files.js'

/**
 * Reads files of a folder, each under its name or its name followed by `.gz`.
 *
 * @throws naming the files that are missing
 */
export async function readFolder(folder: string, files: readonly DatasetFile[]): Promise<Uint8Array[]> {
  const paths = files.map(({ name }) => plainOrPacked(folder, name))
  const missing = files.filter((_, i) => paths[i] === undefined).map(({ name }) => name)
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing from ${folder}`)
  return Promise.all(paths.map((path) => readFile(path!)))
}

/** The path of a file that lies in a folder under its name or its name followed by `.gz`, the plain one first. */
export const plainOrPacked = (folder: string, name: string): string | undefined =>
  [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path))
