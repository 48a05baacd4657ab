// Command line: npm run notebook -- <notebook> [options]
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { projectRoot } from '../files/project-root.js'
import { executeNotebook } from './execute.js'
import { withInterruption } from './interruption.js'
import { readKernelSpec } from './kernel-spec.js'
import { readNotebook } from './notebook-file.js'
import { describeFailure, formatSeconds, progressLines } from './progress-lines.js'
import { UsageError } from './usage-error.js'

const EXIT_CODES = `
Exit code: 0 if every cell ran; 1 if a cell failed, left an unhandled rejection, lost its kernel, took too long or
could not start; 2 if the command line is wrong; 130 after Ctrl-C. The outputs so far are saved in every case.`

interface Options {
  readonly set?: readonly string[]
  readonly list?: true
  readonly out?: string
  readonly timeout?: number
  readonly kernel?: string
}

const several = (text: string, before: readonly string[] = []): string[] => [...before, text]

const seconds = (text: string): number => {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number of seconds.')
}

const commandLine = (): Command =>
  new Command('npm run notebook --')
    .description('Runs a notebook from its first cell to its last, and saves it with its outputs.')
    .usage('notebooks/03-training.ipynb [options]')
    .argument('<notebook>', 'the .ipynb file')
    .option(
      '--set <name=value>',
      'changes a parameter of the cell tagged "parameters"; may be repeated. ' +
        'Arrays: --set networks=shallow,deep. Fields: --set optimiser.rate=1e-3',
      several,
    )
    .option('--list', 'lists the parameters with their types and values, and runs nothing')
    .option('--out <file>', 'where the executed notebook goes. Default: results/<name>.ipynb')
    .option('--timeout <seconds>', 'the longest that one cell may take. Default: no limit', seconds)
    .option('--kernel <path>', "a kernel.json, or its folder. Default: the project's own kernel")
    .helpOption('-h, --help', 'this text')
    .addHelpText('after', EXIT_CODES)
    .configureOutput({ writeErr: () => {} })
    .exitOverride()

const list = async (notebook: string): Promise<number> => {
  const { describeParameters, notebookParameters } = await import('./parameterise.js')
  const lines = describeParameters(notebookParameters(readNotebook(notebook)))
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'The notebook has no parameters.\n')
  return 0
}

const run = async (notebook: string, { set, out, timeout, kernel }: Options): Promise<number> => {
  const result = await withInterruption((signal) =>
    executeNotebook({
      notebook,
      out: out ?? join(projectRoot(import.meta.dirname), 'results', basename(notebook)),
      sets: set ?? [],
      signal,
      progress: progressLines(basename(notebook, '.ipynb'), process.stderr),
      ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
      ...(kernel === undefined ? {} : { kernel: readKernelSpec(kernel) }),
    }),
  )
  if (result.failure) {
    process.stderr.write(describeFailure(result))
    return result.failure.kind === 'interrupted' ? 130 : 1
  }
  const shown = relative(process.cwd(), result.out)
  process.stderr.write(`${result.cells} cells in ${formatSeconds(result.seconds)}: ${shown}\n`)
  return 0
}

/** Runs the command line, and resolves with the exit code. */
export const main = async (args: readonly string[]): Promise<number> => {
  const command = commandLine()
  try {
    command.parse(args, { from: 'user' })
    const [notebook = ''] = command.args
    const options = command.opts<Options>()
    return options.list ? await list(notebook) : await run(notebook, options)
  } catch (error) {
    return tell(error)
  }
}

/** Says what went wrong, and returns the exit code. */
const tell = (error: unknown): number => {
  // The help counts as an error to commander.
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const isUsage = error instanceof CommanderError || error instanceof UsageError
  const message = (error instanceof Error ? error.message : String(error)).replace(/^error: /, '')
  process.stderr.write(`${message}\n${isUsage ? '\nUse --help to see what there is.\n' : ''}`)
  return isUsage ? 2 : 1
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2))
}
