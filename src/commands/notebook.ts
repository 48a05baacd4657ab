import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidArgumentError } from 'commander'
import { projectRoot } from '../files/project-root.js'
import { NOT_RUN, tagsOf } from '../runner/cell-tags.js'
import type { RunResult } from '../runner/execute.js'
import { type Notebook, readNotebook } from '../runner/notebook-file.js'
import { UsageError as WrongInput } from '../runner/usage-error.js'
import { asked, commandLine, exitCodeOf, several } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'

const EXIT_CODES = `
Exit code: 0 if every cell ran; 1 if a cell failed, left an unhandled rejection, lost its kernel, took too long or
could not start; 2 if the command line is wrong or the notebook refuses a parameter; 130 after Ctrl-C. The outputs so
far are saved in every case.`

interface Options {
  readonly set?: readonly string[]
  readonly list?: true
  readonly out?: string
  readonly timeout?: number
  readonly kernel?: string
  readonly csv?: true
}

const seconds = (text: string): number => {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value
  throw new InvalidArgumentError('It must be a number of seconds.')
}

const newCommand = () =>
  machineReadable(
    commandLine(
      'npm run notebook --',
      'Runs a notebook from its first cell to its last, and saves it with its outputs.',
    )
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
      .addHelpText('after', EXIT_CODES),
    'of a run: {notebook, out, cells, cellsDone, seconds, failure}; of --list: an array of {name, type, value, comment}',
    'of --list: the same as a table',
  )

/** Runs the command line, and resolves with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const command = newCommand()
  return exitCodeOf(command, async () => {
    const [file = ''] = command.args
    const options = command.opts<Options>()
    const notebook = await asked(() => readNotebook(file))
    if (options.list) return list(command, notebook)
    if (options.csv) throw new WrongInput('--csv is of --list')
    return run(command, file, notebook, options)
  }, ['node', 'notebook', ...args])
}

async function list(command: ReturnType<typeof newCommand>, notebook: Notebook): Promise<number> {
  const { describeParameters, notebookParameters } = await import('../runner/parameterise.js')
  const { describeType } = await import('../runner/parameter-types.js')
  const parameters = await asked(() => notebookParameters(notebook))
  const lines = describeParameters(parameters)
  await printResult(command, {
    json: () =>
      parameters.map(({ name, type, value = null, comment }) => ({
        name,
        type: describeType(type),
        value,
        comment,
      })),
    text: () => (lines.length > 0 ? lines.join('\n') : 'The notebook has no parameters.'),
  })
  return 0
}

async function run(
  command: ReturnType<typeof newCommand>,
  file: string,
  notebook: Notebook,
  { set = [], out, timeout, kernel }: Options,
): Promise<number> {
  const { executeNotebook } = await import('../runner/execute.js')
  const { withInterruption } = await import('../runner/interruption.js')
  const { readKernelSpec } = await import('../runner/kernel-spec.js')
  const { describeFailure, formatSeconds, progressLines } = await import('../runner/progress-lines.js')
  const result = await withInterruption((signal) =>
    executeNotebook({
      notebook: file,
      out: out ?? join(projectRoot(import.meta.dirname), 'results', basename(file)),
      sets: set,
      signal,
      progress: progressLines(basename(file, '.ipynb'), process.stderr),
      ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
      ...(kernel === undefined ? {} : { kernel: readKernelSpec(kernel) }),
    }),
  )
  const refused = set.length > 0 ? refusalOf(notebook, result) : null
  if (refused !== null) throw new WrongInput(refused)
  if (result.failure) process.stderr.write(describeFailure(result))
  const { cells, cellsDone, failure = null } = result
  await printResult(command, {
    json: () => ({ notebook: file, out: result.out, cells, cellsDone, seconds: result.seconds, failure }),
  })
  if (failure) return failure.kind === 'interrupted' ? 130 : 1
  const shown = relative(process.cwd(), result.out)
  process.stderr.write(`${cells} cells in ${formatSeconds(result.seconds)}: ${shown}\n`)
  return 0
}

/** What the cell of the parameters says of those that were set; null where it ran or another cell failed. */
function refusalOf({ cells }: Notebook, { failure }: RunResult): string | null {
  if (failure?.kind !== 'error') return null
  const run = cells.filter(
    (cell) => cell.cell_type === 'code' && cell.source.trim() !== '' && !tagsOf(cell).includes(NOT_RUN),
  )
  const failed = run[failure.cell - 1]
  if (failed === undefined || !tagsOf(failed).includes('parameters')) return null
  const { ename, evalue } = failure.error
  return `The notebook refuses its parameters: ${evalue || ename}`
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2))
}
