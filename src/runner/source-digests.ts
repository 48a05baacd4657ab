import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type JsonObject, objectField } from './json.js'
import type { Notebook } from './notebook-file.js'

const PROJECT = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/**
 * The first 12 digits of the SHA-256 of every source file that a notebook's cells import, directly or through another, by the
 * file's path from the project's folder. Types are left out, since no output depends on them, and installed packages.
 *
 * @param folder the notebook's, from which cells import
 */
export const sourceDigests = async (
  { cells }: Pick<Notebook, 'cells'>,
  folder: string,
): Promise<Readonly<Record<string, string>>> => {
  const code = cells.flatMap(({ cell_type: type, source }) => (type === 'code' ? [source] : []))
  const imported = new Set(code.flatMap(relativeImports))
  if (imported.size === 0) return {}
  const files = await reachedFrom([...imported], folder)
  return Object.fromEntries(files.map((file) => [file, digestOf(join(PROJECT, file)) ?? '']))
}

/** The sources that are not any more as a notebook's metadata say they were when it ran, or are gone; sorted. */
export const changedSources = (metadata: JsonObject): string[] =>
  Object.entries(objectField(objectField(metadata, 'thesis'), 'sources'))
    .filter(([file, digest]) => digestOf(join(PROJECT, file)) !== digest)
    .map(([file]) => file)
    .sort()

const relativeImports = (code: string): string[] =>
  [...code.matchAll(/(?:\bfrom|^import|\bimport\()\s*(['"])(\.{1,2}\/.*?)\1/gm)].map(([, , path]) => path!)

/** Paths from the project's folder, with forward slashes. */
const reachedFrom = async (paths: readonly string[], folder: string): Promise<string[]> => {
  try {
    const { metafile } = await build({
      stdin: { contents: paths.map((path) => `import '${path}'`).join('\n'), resolveDir: folder },
      absWorkingDir: PROJECT,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
    return Object.keys(metafile.inputs)
      .filter((file) => file !== '<stdin>')
      .sort()
  } catch {
    return [] // the cell that imports what is missing or is no TypeScript says so better
  }
}

const digestOf = (file: string): string | undefined => {
  try {
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
    return createHash('sha256').update(text).digest('hex').slice(0, 12)
  } catch {
    return undefined
  }
}
