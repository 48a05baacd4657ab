import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Where and how a program runs. */
export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to standard output
 * @throws with the program's last words; code `ENOENT` if there is no such program
 */
export async function run(program: string, words: readonly string[], options: RunOptions): Promise<string> {
  try {
    const { stdout } = await execute(program, [...words], {
      cwd: options.cwd,
      env: { ...process.env, LC_ALL: 'C', ...options.env },
      maxBuffer: 64 * 1024 * 1024,
      ...(options.signal && { signal: options.signal }),
    })
    return stdout
  } catch (error) {
    options.signal?.throwIfAborted()
    if (isMissing(error)) throw Object.assign(new Error(`there is no ${program}`), { code: 'ENOENT' })
    throw new Error(`${program} ${howItEnded(error)}\n${lastWords(error)}`.trimEnd())
  }
}

/** Whether a failure says that the program does not exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

function howItEnded(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  if ('signal' in error && error.signal) return `was ended by ${error.signal}`
  return 'code' in error ? `failed (${error.code})` : 'failed'
}

function lastWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const stderr = 'stderr' in error ? String(error.stderr).trim() : ''
  const stdout = 'stdout' in error ? String(error.stdout).trim() : ''
  return (stderr || stdout).split('\n').slice(-15).join('\n')
}
