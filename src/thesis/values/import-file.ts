import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
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
  if (bringsCopies(file))
    throw new Error(
      `${shown(file)} would be loaded with a second copy of this project, since it is CommonJS to Node; ` +
        `call it ${basename(file).replace(/\.[cm]?([jt]s)$/, '.m$1')}, or put "type": "module" into the package.json beside it`,
    )
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${shown(file)} cannot be loaded: ${reason}`, { cause: error })
  }
}

/** Whether a file is CommonJS to Node while this module is not, so that what it imports would be loaded a second time. */
function bringsCopies(file: string): boolean {
  // A kernel and a test runner load everything in one way, whose modules have a `require`.
  if (typeof require !== 'undefined' || /\.m[jt]s$/.test(file)) return false
  return /\.c[jt]s$/.test(file) || packageTypeOf(dirname(resolve(file))) !== 'module'
}

function packageTypeOf(folder: string): unknown {
  const description = join(folder, 'package.json')
  if (existsSync(description)) return JSON.parse(readFileSync(description, 'utf8')).type
  return folder === dirname(folder) ? undefined : packageTypeOf(dirname(folder))
}

/** A file as its user names it: from the working folder where it lies inside. */
export function shown(file: string): string {
  const path = relative(process.cwd(), resolve(file))
  return path.startsWith('..') ? file : `./${path.replaceAll('\\', '/')}`
}
