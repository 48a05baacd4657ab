import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isJsonObject, type Json, objectField, parseJson } from './json.js'
import { UsageError } from './usage-error.js'

/** How to start a kernel, as in Jupyter's kernel.json. */
export interface KernelSpec {
  /** The command; `{connection_file}` stands for the path of the connection file. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly interruptMode: 'signal' | 'message'
  /** The language of its cells, if it says so. */
  readonly language?: string
}

/** The project's own kernel, without any installation. */
export const projectKernel: KernelSpec = {
  argv: [
    process.execPath,
    fileURLToPath(new URL('./kernel/tslab-kernel.cjs', import.meta.url)),
    '{connection_file}',
  ],
  env: {},
  interruptMode: 'signal',
  language: 'typescript',
}

/** Reads a kernel.json, given its path or its folder. Throws UsageError that names the file and what is wrong. */
export const readKernelSpec = (location: string): KernelSpec => {
  const isFolder = existsSync(location) && statSync(location).isDirectory()
  const file = resolve(isFolder ? join(location, 'kernel.json') : location)
  if (!existsSync(file)) throw new UsageError(`There is no kernel specification at ${file}.`)
  const json = readSpec(file)
  const argv =
    isJsonObject(json) && Array.isArray(json.argv) ? json.argv.filter((part) => typeof part === 'string') : []
  if (!isJsonObject(json) || argv.length === 0)
    throw new UsageError(`${file} has no "argv", the command to start.`)
  return {
    argv: argv.map((part) => part.replaceAll('{resource_dir}', dirname(file))),
    env: Object.fromEntries(
      Object.entries(objectField(json, 'env')).map(([name, value]) => [name, String(value)]),
    ),
    interruptMode: json.interrupt_mode === 'message' ? 'message' : 'signal',
    ...(typeof json.language === 'string' ? { language: json.language } : {}),
  }
}

const readSpec = (file: string): Json => {
  try {
    return parseJson(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
