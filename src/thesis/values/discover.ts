import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Kind } from '../../values/registry.js'
import { datasetsIn } from './dataset-folders.js'
import { shown } from './import-file.js'
import { NOUN, type Values } from './kinds.js'
import { fileOf } from './origin.js'
import { shippedValues } from './shipped.js'
import { valuesOfFile } from './values-of-file.js'

const folderOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Where files of one's own are found without being listed anywhere, and how. */
const FIND: { readonly [K in Kind]: (folder?: string) => Promise<Values[K][]> } = {
  architecture: (folder = folderOf('../../architectures/')) => inFolder('architecture', folder),
  method: (folder = folderOf('../../explanation/methods/')) => inFolder('method', folder),
  measure: (folder = folderOf('../../evaluation/measures/')) => inFolder('measure', folder),
  dataset: async (folder) => datasetsIn(folder),
}

/** The values of a kind that are shipped or found, shipped ones first. */
export type Catalogue = { readonly [K in Kind as (typeof PLURAL)[K]]: readonly Values[K][] }

const PLURAL = {
  architecture: 'architectures',
  method: 'methods',
  dataset: 'datasets',
  measure: 'measures',
} as const satisfies Record<Kind, string>

/**
 * Everything that is shipped, and every value that a file of `src/architectures`, `src/explanation/methods` or
 * `src/evaluation/measures` exports and every folder of `data` describes.
 *
 * @throws Error naming both files where two values of a kind have one id, or the file that cannot be loaded
 * @example
 * const { methods } = await catalogue()
 * methods.map(({ id }) => id) // 'sensitivity', 'gradientTimesInput', …
 */
export const catalogue = async (): Promise<Catalogue> => ({
  architectures: await discover('architecture'),
  methods: await discover('method'),
  datasets: await discover('dataset'),
  measures: await discover('measure'),
})

/** The values of a kind that are shipped or found in a folder. Default: the kind's own. */
export async function discover<K extends Kind>(kind: K, folder?: string): Promise<readonly Values[K][]> {
  const found = await FIND[kind](folder)
  const all: Values[K][] = []
  for (const value of new Set([...shippedValues(kind), ...found])) {
    const same = all.find(({ id }) => id === value.id)
    if (same === undefined) all.push(value)
    // A file that was edited is loaded again; whatever else runs in this process has the value from before.
    else if (fileOf(same) === null || fileOf(same) !== fileOf(value)) throw twice(kind, same, value)
  }
  return all
}

async function inFolder<K extends Kind>(kind: K, folder: string): Promise<Values[K][]> {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder)
    .filter((name) => /\.[cm]?[jt]s$/.test(name) && !/^index\.|\.d\.[cm]?ts$/.test(name))
    .sort()
  const found: Values[K][] = []
  for (const name of files)
    for (const { value } of await valuesOfFile(kind, join(folder, name))) found.push(value)
  return found
}

/** Refuses two values of a kind with one id. */
export function twice<K extends Kind>(kind: K, first: Values[K], second: Values[K]): Error {
  const places = [first, second].map((value) => {
    const file = fileOf(value)
    return file === null ? 'what is shipped' : shown(file)
  })
  return new Error(
    `two ${NOUN[kind]}s have the id '${first.id}', one in ${places.join(' and one in ')}; give one of them another id`,
  )
}
