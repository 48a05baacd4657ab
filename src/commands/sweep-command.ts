import { existsSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { exportFigure } from '../figures/export/export-figure.js'
import { presets } from '../figures/kit/presets.js'
import { writeTogether } from '../files/write-together.js'
import { toGrid } from '../notebook/grid.js'
import { toCsv, toMarkdown } from '../notebook/table-formats.js'
import { withInterruption } from '../runner/interruption.js'
import type { JsonObject } from '../runner/json.js'
import { readNotebook } from '../runner/notebook-file.js'
import { changedSources } from '../runner/source-digests.js'
import { UsageError as WrongInput } from '../runner/usage-error.js'
import { type Combination, combinations, sweptNames } from '../sweep/combinations.js'
import { refusals, runSweep } from '../sweep/run-sweep.js'
import { sweepFigure } from '../sweep/sweep-figure.js'
import {
  claimFolder,
  executedNotebook,
  finishedRun,
  lockSweep,
  readRecord,
  sweepFolder,
} from '../sweep/sweep-folder.js'
import { comparisonRows, type SweepResults, sweepResults } from '../sweep/sweep-table.js'
import { asked, callersPath, UsageError } from './command-line.js'
import { printResult } from './machine-output.js'
import { sweepProgress } from './sweep-progress.js'

/** What the command line of `npm run sweep` says. */
export interface SweepCommandOptions {
  readonly set?: readonly string[]
  readonly name?: string
  readonly jobs?: number
  readonly metric?: string
  readonly list?: true
  readonly again?: true
  readonly timeout?: number
}

/** Runs a notebook with all combinations of parameter values, or lists them, and resolves with the exit code. */
export async function sweep(command: Command, given: string, options: SweepCommandOptions): Promise<number> {
  const { set = [], jobs = availableParallelism(), again = false, timeout } = options
  const file = existsSync(given) ? resolve(given) : callersPath(given)
  const notebook = await asked(() => readNotebook(file))
  if (set.length === 0)
    throw new UsageError(
      'say what is swept, such as --set epochs=5,10; npm run notebook -- … --list has the names',
    )
  if (timeout !== undefined && timeout <= 0) throw new UsageError('--timeout must be above 0')
  const all = await asked(() => combinations(notebook, set))
  const folder = sweepFolder(options.name ?? basename(file, '.ipynb'))
  const isFinished = (one: Combination) => !again && finishedRun(folder, one, file) !== null
  if (options.list) return list(command, all, folder, isFinished)
  claimFolder(folder, file)
  const lock = lockSweep(folder)
  try {
    return await withInterruption(async (signal) => {
      const open = all.filter((one) => !isFinished(one))
      warnOfChanges(all.filter(isFinished), folder, file)
      if (open.length > 0) {
        process.stderr.write(
          `${open.length} of ${all.length} combinations to run, ${Math.min(jobs, open.length)} at once, in ${relative(process.cwd(), folder)}\n`,
        )
        const refused = await refusals(folder, file, open, signal)
        if (refused.length > 0)
          throw new WrongInput(
            [
              `The notebook refuses ${refused.length} of ${open.length} combinations, and nothing ran.`,
              ...refused.map(({ id, message }) => `  ${id}: ${message}`),
            ].join('\n'),
          )
      }
      const seconds = all.flatMap((one) => finishedRun(folder, one, file)?.seconds ?? [])
      const progress = sweepProgress(all, seconds, jobs, process.stderr)
      // The time left falls while cells run.
      const timer = process.stderr.isTTY ? setInterval(progress.close, 1000) : undefined
      try {
        await runSweep(folder, file, all, {
          jobs,
          again,
          signal,
          ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
          onRun: progress.tell,
        })
      } finally {
        clearInterval(timer)
        progress.close()
      }
      const results = sweepResults(folder, file, all)
      const hasMetric = await writeComparison(folder, results, options.metric)
      await printResult(command, {
        json: () => ({
          ...{ folder, isInterrupted: signal.aborted, compared: hasMetric },
          runs: results.rows.map((row) => ({ ...row, numbers: Object.fromEntries(row.numbers) })),
        }),
        csv: () => comparisonRows(results),
      })
      if (signal.aborted) {
        console.log('Interrupted; the same command goes on from here.')
        return 130
      }
      const code = tellFailures(all, folder)
      return hasMetric ? code : 2
    })
  } finally {
    lock.release()
  }
}

async function list(
  command: Command,
  all: readonly Combination[],
  folder: string,
  isFinished: (one: Combination) => boolean,
): Promise<number> {
  const open = all.filter((one) => !isFinished(one))
  const states = all.map((one) => {
    const before = readRecord(join(folder, one.id))
    const why =
      before?.status === 'finished'
        ? 'would run again'
        : before
          ? `would run, ${before.status} before`
          : 'would run'
    return { id: one.id, parameters: one.parameters, state: open.includes(one) ? why : 'finished' }
  })
  const lines = states.map(({ id, state }) => `  ${id}  ${state}`)
  const place = relative(process.cwd(), folder)
  await printResult(command, {
    json: () => states,
    csv: () => states.map(({ id, parameters, state }) => ({ id, ...parameters, state })),
    text: () => [...lines, `${open.length} of ${all.length} combinations would run, in ${place}`].join('\n'),
  })
  return 0
}

/** Finished combinations are kept whatever happens to the sources, and whoever compares them with new ones should know. */
function warnOfChanges(finished: readonly Combination[], folder: string, file: string): void {
  const metadata = finished.map((one) => readNotebook(executedNotebook(folder, one, file)).metadata)
  const known = new Map<string, readonly string[]>()
  const changed = metadata.map((one: JsonObject) => {
    // Most of them ran with the same sources, which are hundreds of files.
    const key = JSON.stringify(one.thesis)
    const sources = JSON.stringify((one.thesis as JsonObject | undefined)?.sources ?? key)
    if (!known.has(sources)) known.set(sources, changedSources(one))
    return known.get(sources)!
  })
  const count = changed.filter((sources) => sources.length > 0).length
  if (count === 0) return
  const sources = [...new Set(changed.flat())]
  const shown = `${sources.slice(0, 3).join(', ')}${sources.length > 3 ? ` and ${sources.length - 3} more` : ''}`
  process.stderr.write(
    `${count} finished combinations ran before ${shown} changed; --again runs them again\n`,
  )
}

/** @returns false where the number that was asked for is not there */
async function writeComparison(folder: string, results: SweepResults, wanted?: string): Promise<boolean> {
  const { rows, numbers, recorded } = results
  const grid = toGrid(comparisonRows(results))
  const markdown = toMarkdown(grid)
  const base = join(folder, 'comparison')
  // What an earlier command left may be of other numbers and tables.
  for (const old of ['comparison.pdf', 'comparison.svg', 'comparison.png', 'tables'])
    rmSync(join(folder, old), { recursive: true, force: true })
  writeTogether([
    [`${base}.csv`, toCsv(grid)],
    [`${base}.md`, `${markdown}\n`],
    ...[...results.tables].map(([name, csv]) => [join(folder, 'tables', `${name}.csv`), csv] as const),
  ])
  console.log(`\n${markdown}\n`)
  const shown = relative(process.cwd(), base)
  const written = [`${shown}.csv`, `${shown}.md`]
  const differs = (name: string) => new Set(rows.map((row) => row.numbers.get(name))).size > 1
  // A number of a table may be the same in all runs, and then a recorded one is asked for.
  const metric = wanted ?? (recorded > 0 ? numbers[0] : (numbers.find(differs) ?? numbers[0]))
  if (rows.some(({ status }) => status === 'finished')) {
    if (metric === undefined)
      console.log(
        "No number is compared: the notebook records none. Add record({ 'test accuracy': … }) to a cell.",
      )
    else if (!numbers.includes(metric))
      console.log(`No figure: there is no number "${metric}"; there are ${numbers.join(', ')}.`)
    else {
      const figure = sweepFigure(rows, metric)
      if (figure === null) console.log(`No figure: no run has a finite ${metric}.`)
      else
        for (const { format } of await exportFigure(figure, base, presets['double-column']))
          written.push(`${shown}.${format}`)
    }
  }
  console.log(written.join('\n'))
  return wanted === undefined || numbers.length === 0 || numbers.includes(wanted)
}

function tellFailures(all: readonly Combination[], folder: string): number {
  const failed = all.flatMap(({ id }) => {
    const record = readRecord(join(folder, id))
    return record?.status === 'failed' ? [`  ${id}: ${record.error?.split('\n')[0] ?? ''}`] : []
  })
  const swept = sweptNames(all).join(', ')
  if (failed.length === 0)
    console.log(`Finished: ${all.length} of ${all.length} combinations${swept && ` of ${swept}`}.`)
  else console.log(`${failed.length} of ${all.length} combinations failed:\n${failed.join('\n')}`)
  return failed.length > 0 ? 1 : 0
}
