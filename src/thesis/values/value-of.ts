import { resolve } from 'node:path'
import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import type { Measure } from '../../evaluation/measure.js'
import type { Method } from '../../explanation/index.js'
import { didYouMean } from '../../values/nearest-name.js'
import { entryOf, type Kind, register } from '../../values/registry.js'
import { datasetAt, isDatasetPath } from './dataset-folders.js'
import { discover, twice } from './discover.js'
import { DEFINE, isValue, NOUN, type Values } from './kinds.js'
import { shippedValues } from './shipped.js'
import { valueOfFile } from './values-of-file.js'

/**
 * The network of an id, of a file or as it is given.
 *
 * @param given the id of one that is shipped or found; a file, relative to the working folder, as `./mine.ts` or
 *   `./mine.ts#name`; or the value itself
 * @throws Error listing the ids there are, or naming the file and what is wrong with it
 * @example
 * await architectureOf('r-lstm') // and './mine.ts', './mine.ts#elman' or the value itself
 */
export const architectureOf = (given: string | Architecture): Promise<Architecture> =>
  resolved('architecture', given)

/** The method of an id, of a file or as it is given; see `architectureOf`. */
export const methodOf = (given: string | Method): Promise<Method> => resolved('method', given)

/** The dataset of an id, of a file, of a folder with a `dataset.json` or as it is given; see `architectureOf`. */
export const datasetOf = (given: string | Dataset): Promise<Dataset> => resolved('dataset', given)

/** The measure of an id, of a file or as it is given; see `architectureOf`. */
export const measureOf = (given: string | Measure): Promise<Measure> => resolved('measure', given)

/** Whether a name is that of a file: it begins like a path or ends like a module. */
const isFile = (name: string): boolean =>
  /^(\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])|\.([cm]?[jt]s|json)(#|$)/.test(name)

async function resolved<K extends Kind>(kind: K, given: string | Values[K]): Promise<Values[K]> {
  if (typeof given !== 'string') return checked(kind, given)
  if (isFile(given)) return fromFile(kind, given)
  const shipped = shippedValues(kind).find(({ id }) => id === given)
  if (shipped) return shipped
  const all = await discover(kind)
  const found = all.find(({ id }) => id === given)
  if (found) return found
  throw unknown(kind, given, all)
}

/** The value of an id that is shipped or was found before, without looking into any folder; see `architectureOf`. */
export function knownValue<K extends Kind>(kind: K, given: string | Values[K]): Values[K] {
  if (typeof given !== 'string') return checked(kind, given)
  const shipped = shippedValues(kind)
  const found = shipped.find(({ id }) => id === given)
  if (found) return found
  throw unknown(kind, given, shipped)
}

function checked<K extends Kind>(kind: K, given: Values[K]): Values[K] {
  if (!isValue(kind, given))
    throw new Error(`this is no ${NOUN[kind]}: ${brief(given)}; make one with ${DEFINE[kind]}, or name one`)
  if (entryOf(kind, given.id) === undefined) register(kind, given)
  return given
}

async function fromFile<K extends Kind>(kind: K, given: string): Promise<Values[K]> {
  if (kind === 'dataset' && isDatasetPath(given)) return datasetAt(given) as Values[K]
  const [path, name] = given.split('#') as [string, string | undefined]
  const value = await valueOfFile(kind, resolve(path), name)
  const same = (await discover(kind)).find(({ id }) => id === value.id)
  if (same && same !== value) throw twice(kind, same, value)
  return value
}

function unknown<K extends Kind>(kind: K, name: string, all: readonly Values[K][]): Error {
  const noun = NOUN[kind]
  const ids = all.map(({ id }) => id).join(', ')
  const near = didYouMean(
    name,
    all.map(({ id }) => id),
  )
  const isDefined = entryOf(kind, name) !== undefined && !all.some(({ id }) => id === name)
  return new Error(
    isDefined
      ? `${noun} '${name}' is not shipped and no file of its folder exports it; give the value itself, or its file, e.g. ./mine.ts`
      : `${noun} '${name}' is unknown; there are ${ids}, or name a file, e.g. ./mine.ts${near}`,
  )
}

const brief = (given: unknown): string => {
  const text = typeof given === 'object' ? JSON.stringify(given) : String(given)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
