import type { Kind } from '../../values/registry.js'
import { entryOf, register } from '../../values/registry.js'
import { type Exports, importFile, shown } from './import-file.js'
import { DEFINE, isValue, NOUN, type Values } from './kinds.js'
import { originOf, rememberFile, rememberOrigin } from './origin.js'

/** A value and the name under which a file exports it. */
export interface Exported<K extends Kind> {
  readonly name: string
  readonly value: Values[K]
}

/** All values of a kind that a file exports, each once; the default export comes first. */
export async function valuesOfFile<K extends Kind>(kind: K, file: string): Promise<Exported<K>[]> {
  const exports = await importFile(file)
  const found = new Map<Values[K], string>()
  for (const name of namesOf(exports)) {
    const value = exports[name]
    if (isValue(kind, value) && !found.has(value)) found.set(value, name)
  }
  return [...found].map(([value, name]) => {
    rememberFile(value, file)
    if (originOf(value) === null) rememberOrigin(value, { file, export: name })
    if (entryOf(kind, value.id) === undefined) register(kind, value)
    return { name, value }
  })
}

const namesOf = (exports: Exports): string[] => {
  const names = Object.keys(exports).filter((name) => name !== 'module.exports')
  return names.includes('default') ? ['default', ...names.filter((name) => name !== 'default')] : names
}

/**
 * The value of a kind that a file exports: the one named, the default export, or the only one.
 *
 * @throws Error naming the file and what it exports where there is no such value, or several
 */
export async function valueOfFile<K extends Kind>(kind: K, file: string, name?: string): Promise<Values[K]> {
  const found = await valuesOfFile(kind, file)
  const names = found.map(({ name }) => name).join(', ')
  const noun = NOUN[kind]
  if (found.length === 0)
    throw new Error(`${shown(file)} exports no ${noun}; make one with ${DEFINE[kind]} and export it`)
  if (name !== undefined) {
    const named = found.find((candidate) => candidate.name === name)
    if (named === undefined)
      throw new Error(`${shown(file)} exports no ${noun} '${name}'; it exports ${names}`)
    return named.value
  }
  const [first, ...others] = found
  if (others.length > 0 && first!.name !== 'default')
    throw new Error(
      `${shown(file)} exports several ${noun}s, ${names}; name one, as in ${shown(file)}#${first!.name}, or make it the default export`,
    )
  return first!.value
}
