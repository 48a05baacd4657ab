// Command line: npm run notebook -- <notebook> [options]
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { executeNotebook } from './execute.js'
import { withInterruption } from './interruption.js'
import { readKernelSpec } from './kernel-spec.js'
import { readNotebook } from './notebook-file.js'
import { describeFailure, formatSeconds, progressLines } from './progress-lines.js'

const HELP = `Runs a notebook from its first cell to its last, and saves it with its outputs.

  npm run notebook -- notebooks/03-training.ipynb [options]

  --set name=value   changes a parameter of the cell tagged "parameters"; may be repeated.
                     Arrays: --set networks=shallow,deep   Fields: --set optimiser.rate=1e-3
  --list             lists the parameters with their types and values, and runs nothing
  --out file         where the executed notebook goes; results/<name>.ipynb by default
  --timeout seconds  the longest that one cell may take; no limit by default
  --kernel path      a kernel.json, or its folder; the project's own kernel by default
  --help             this text

Exit code: 0 if every cell ran; 1 if a cell failed, left an unhandled rejection, lost its kernel, took too long or
could not start; 2 if the command line is wrong; 130 after Ctrl-C. The outputs so far are saved in every case.
`

const PROJECT = resolve(fileURLToPath(new URL('../..', import.meta.url)))

class UsageError extends Error {}

interface Command {
  readonly notebook: string
  readonly out: string
  readonly sets: readonly string[]
  readonly timeoutSeconds: number
  readonly kernel: string | undefined
  readonly action: 'run' | 'list' | 'help'
}

const readCommand = (args: readonly string[]): Command => {
  const { values, positionals } = parse(args)
  const [notebook = '', ...others] = positionals
  const timeoutSeconds = Number(values.timeout ?? 0)
  const action = values.help ? 'help' : values.list ? 'list' : 'run'
  if (action !== 'help' && (notebook === '' || others.length > 0)) {
    throw new UsageError(`One notebook is needed, and ${positionals.length} were given.`)
  }
  if (!(timeoutSeconds >= 0 && timeoutSeconds < Number.POSITIVE_INFINITY)) {
    throw new UsageError(`--timeout ${values.timeout} is not a number of seconds.`)
  }
  const out = values.out ?? join(PROJECT, 'results', basename(notebook))
  if (action === 'run' && resolve(out) === resolve(notebook)) {
    throw new UsageError('--out is the notebook itself, which would be overwritten.')
  }
  return { notebook, out, sets: values.set ?? [], timeoutSeconds, kernel: values.kernel, action }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        set: { type: 'string', multiple: true },
        out: { type: 'string' },
        timeout: { type: 'string' },
        kernel: { type: 'string' },
        list: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const list = async (notebook: string): Promise<number> => {
  const { describeParameters, notebookParameters } = await import('./parameterise.js')
  const lines = describeParameters(notebookParameters(readNotebook(notebook)))
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'The notebook has no parameters.\n')
  return 0
}

const run = async ({ kernel, ...options }: Command): Promise<number> => {
  const name = basename(options.notebook, '.ipynb')
  const result = await withInterruption((signal) =>
    executeNotebook({
      ...options,
      signal,
      progress: progressLines(name, process.stderr),
      ...(kernel === undefined ? {} : { kernel: readKernelSpec(kernel) }),
    }),
  )
  if (result.failure) {
    process.stderr.write(describeFailure(result))
    return result.failure.kind === 'interrupted' ? 130 : 1
  }
  const out = relative(process.cwd(), result.out)
  process.stderr.write(`${result.cells} cells in ${formatSeconds(result.seconds)}: ${out}\n`)
  return 0
}

/** Runs the command line, and resolves with the exit code. */
export const main = async (args: readonly string[]): Promise<number> => {
  try {
    const command = readCommand(args)
    if (command.action === 'help') process.stdout.write(HELP)
    if (command.action === 'list') return await list(command.notebook)
    return command.action === 'run' ? await run(command) : 0
  } catch (error) {
    const isUsage = error instanceof UsageError
    process.stderr.write(`${messageOf(error)}\n${isUsage ? '\nUse --help to see what there is.\n' : ''}`)
    return isUsage ? 2 : 1
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2))
}
