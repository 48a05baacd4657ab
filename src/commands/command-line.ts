import { resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { atExit } from '../runner/at-exit.js'
import { UsageError as WrongInput } from '../runner/usage-error.js'
import { isForMachines } from './machine-output.js'

/** What the caller of a command got wrong: told in one line, with exit code 2. */
export class UsageError extends Error {}

/**
 * A command with `--help`, whose options and arguments are added as commander's.
 *
 * @param script how it is started, e.g. `npm run train --`
 * @example
 * const command = commandLine('npm run train --', 'Trains models.')
 *   .option('--jobs <n>', 'processes at once. Default: one per core', wholeNumber())
 * await run(command, async () => train(command.opts<{ jobs?: number }>()))
 */
export const commandLine = (script: string, description: string): Command =>
  new Command(script)
    .description(description)
    .helpOption('-h, --help', 'this help')
    .configureOutput({ outputError: () => {} })
    .exitOverride()

/**
 * Parses the command line and runs the command.
 *
 * With `--json` or `--csv` what is printed with `console.log` goes to standard error (see `machineReadable`).
 *
 * The exit code is the number that it returns (default: 0), 2 for what the caller got wrong and 1 for any other error. Either
 * is one line on standard error; `DEBUG=1` shows the stack.
 */
export async function run(command: Command, action: Action, argv?: readonly string[]): Promise<void> {
  process.exitCode = await exitCodeOf(command, action, argv)
}

/** What a command does; the number is its exit code. Default: 0. */
export type Action = () => Promise<number | undefined> | number | undefined

/** As `run`, for whoever does something else with the exit code. */
export async function exitCodeOf(
  command: Command,
  action: Action,
  argv: readonly string[] = process.argv,
): Promise<number> {
  // A signal that ends the command is an exit, at which what it has begun to write is removed.
  const callOff = atExit(() => {})
  try {
    command.parse(argv)
    if (isForMachines(command)) tellOnStandardError()
    if (!process.stdout.listeners('error').includes(endAtClosedPipe))
      process.stdout.on('error', endAtClosedPipe)
    return (await action()) ?? 0
  } catch (error) {
    return told(command, error)
  } finally {
    callOff()
  }
}

/** What is told to people would make of standard output something that no program can read. */
function tellOnStandardError(): void {
  console.log = console.error
  console.info = console.error
}

/** Whoever reads standard output has seen enough, as `head` has. */
function endAtClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}

/** Says what went wrong and returns the exit code. */
function told(command: Command, error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const isUsage =
    error instanceof CommanderError || error instanceof UsageError || error instanceof WrongInput
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error))
  // What is wrong with parameters is told in lines, since it lists those there are.
  const isList = error instanceof WrongInput && message.includes('\n')
  const sentence = message.replace(/^error: /, '')
  const line = isList ? `${sentence}\n` : sentence.replace(/\s*\n\s*/g, ' ')
  if (process.env.DEBUG) console.error(stack)
  else console.error(isUsage ? `${line}${isList ? '' : ' '}(${command.name()} --help)` : line)
  return isUsage ? 2 : 1
}

/** Whatever is wrong with what an option names is what the caller got wrong. */
export async function asked<T>(value: T | Promise<T> | (() => T | Promise<T>)): Promise<T> {
  try {
    return await (typeof value === 'function' ? (value as () => T | Promise<T>)() : value)
  } catch (error) {
    if (error instanceof WrongInput) throw error
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Parses an option's whole number of at least `least`. */
export const wholeNumber =
  (least = 1) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`)
  }

/** Parses an option's number; whoever uses it checks its range. */
export function decimal(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number.')
}

/** Parses an option's whole number of any sign. */
export function integer(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value)) return value
  throw new InvalidArgumentError('It must be a whole number.')
}

/** Parses a part of a whole, such as `0/5` for the first of five. */
export function fraction(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? []
  if (index === undefined)
    throw new InvalidArgumentError('It must be of the form 0/5, for the first of five.')
  return { index: Number(index), of: Number(of) }
}

/** Collects an option that may be given several times. */
export const several = (text: string, before: readonly string[] = []): string[] => [...before, text]

/** The names that an option lists by commas. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)

/** Collects the names of an option that may be given several times, or list them by commas. */
export const severalNames = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  ...listOf(text),
]

/** A path from the folder in which the caller stands, where npm does not run commands. */
export const callersPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path)

/** A name that an option was given; where it begins with a dot, a path from the folder in which the caller stands. */
export const fromCaller = (name: string): string => (/^\.{1,2}[\\/]/.test(name) ? callersPath(name) : name)

/** The values that an option names, each once; all of `all` where it was not given. */
export async function valuesOf<Value>(
  names: readonly string[] | undefined,
  find: (name: string) => Promise<Value>,
  all: readonly Value[],
): Promise<readonly Value[]> {
  if (names === undefined) return all
  const values: Value[] = []
  for (const name of names) values.push(await asked(find(fromCaller(name))))
  return [...new Set(values)]
}
