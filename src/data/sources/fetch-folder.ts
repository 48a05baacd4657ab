import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetFile } from './dataset-files.js'
import type { DatasetSource } from './dataset-source.js'

/** Files that already lie in a folder under their original names, or gzipped with `.gz` after them. */
export function folderSource(folder: string, name = folder): DatasetSource {
  return {
    name,
    advice: `put the four original IDX files, plain or gzipped, into ${folder}`,
    read: (files) => readFolder(folder, files),
  }
}

/**
 * Reads files of a folder, each under its name or its name followed by `.gz`.
 *
 * @throws naming the files that are missing
 */
export async function readFolder(folder: string, files: readonly DatasetFile[]): Promise<Uint8Array[]> {
  const paths = files.map(({ name }) =>
    [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path)),
  )
  const missing = files.filter((_, i) => paths[i] === undefined).map(({ name }) => name)
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing from ${folder}`)
  return Promise.all(paths.map((path) => readFile(path!)))
}
