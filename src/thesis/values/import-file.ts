import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>

/**
 * Imports a module of one's own, TypeScript or JavaScript: in a command, a worker, a test or a notebook's kernel.
 *
 * @throws Error naming the file when it does not exist or cannot be loaded, with the reason
 */
export async function importFile(file: string): Promise<Exports> {
  if (!existsSync(file)) throw new Error(`there is no file ${shown(file)}`)
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${shown(file)} cannot be loaded: ${reason}`, { cause: error })
  }
}

/** A file as its user names it: from the working folder where it lies inside. */
export function shown(file: string): string {
  const path = relative(process.cwd(), resolve(file))
  return path.startsWith('..') ? file : `./${path.replaceAll('\\', '/')}`
}
