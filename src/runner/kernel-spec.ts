import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isJsonObject, type Json, parseJson } from './json.js'
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
  interruptMode: 'message',
  language: 'typescript',
}

/** Reads a kernel.json, given its path or its folder. Throws UsageError that names the file and what is wrong. */
export const readKernelSpec = (location: string): KernelSpec => {
  const isFolder = existsSync(location) && statSync(location).isDirectory()
  const file = resolve(isFolder ? join(location, 'kernel.json') : location)
  if (!existsSync(file)) throw new UsageError(`There is no kernel specification at ${file}.`)
  const json = readSpec(file)
  const wrong = (what: string): UsageError => new UsageError(`${file} ${what}`)
  if (!isJsonObject(json)) throw wrong('must be an object with "argv", the command to start.')
  const { argv, env = {}, interrupt_mode: mode = 'signal', language } = json
  if (argv === undefined) throw wrong('has no "argv", the command to start.')
  if (!isTexts(argv) || argv.length === 0) throw wrong('has an "argv" that is not a list of texts.')
  if (!isJsonObject(env) || !isTexts(Object.values(env)))
    throw wrong('has an "env" that is not an object of texts.')
  if (mode !== 'signal' && mode !== 'message')
    throw wrong(
      `has the "interrupt_mode" ${JSON.stringify(mode).slice(0, 80)}; there are signal and message.`,
    )
  if (language !== undefined && typeof language !== 'string') throw wrong('has a "language" that is no text.')
  return {
    argv: argv.map((part) => part.replaceAll('{resource_dir}', dirname(file))),
    env: env as Readonly<Record<string, string>>, // each of them was checked above
    interruptMode: mode,
    ...(language === undefined ? {} : { language }),
  }
}

const isTexts = (value: Json): value is readonly string[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string')

const readSpec = (file: string): Json => {
  try {
    return parseJson(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(
      `${file} is no kernel.json that can be read: ${error instanceof Error ? error.message : error}`,
    )
  }
}
