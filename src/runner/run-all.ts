import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { executeNotebook, type RunResult } from './execute.js'
import type { JsonObject } from './json.js'
import { objectField } from './json.js'
import type { KernelSpec } from './kernel-spec.js'
import { KernelsAhead } from './kernels-ahead.js'
import { readNotebook } from './notebook-file.js'
import { NotebookTimes } from './notebook-times.js'
import { describeFailure, formatSeconds, type LineWriter, progressLines } from './progress-lines.js'

export interface RunAllOptions {
  /** Where the executed notebooks go, under their own names. */
  readonly outFolder: string
  /** `name=value` texts by notebook, named as in `03-training`. */
  readonly sets?: Readonly<Record<string, readonly string[]>>
  /** Runs each notebook with the tiny parameters of its metadata, `thesis.smoke`. */
  readonly smoke?: boolean
  /** Ends at the first notebook that fails; otherwise the others run all the same. */
  readonly stopAtFailure?: boolean
  /** Seconds that one cell may take; without limit by default. */
  readonly timeoutSeconds?: number
  readonly kernel?: KernelSpec
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** Where the progress lines go; standard error by default. */
  readonly writer?: LineWriter
}

/** How one notebook went; `problem` is what kept it from starting or from ending well. */
export interface NotebookSummary {
  readonly name: string
  readonly seconds: number
  readonly status: 'done' | 'failed' | 'not run'
  readonly problem?: string
}

export interface RunAllResult {
  readonly isOk: boolean
  readonly notebooks: readonly NotebookSummary[]
}

/**
 * Runs notebooks one after the other, each in a kernel of its own, with a line per cell, the time left from what each took before, and
 * a summary at the end. A
 * notebook that fails does not throw: see `isOk`, which decides the exit code.
 */
export const runNotebooks = async (
  files: readonly string[],
  options: RunAllOptions,
): Promise<RunAllResult> => {
  const writer = options.writer ?? process.stderr
  const notebooks: NotebookSummary[] = []
  const kernels = new KernelsAhead(options)
  const times = new NotebookTimes(files, options.outFolder)
  try {
    for (const [i, file] of files.entries()) {
      const name = basename(file, '.ipynb')
      const hasFailed = notebooks.some(({ status }) => status === 'failed')
      if (options.signal?.aborted || (options.stopAtFailure && hasFailed)) {
        notebooks.push({ name, seconds: 0, status: 'not run' })
        continue
      }
      const label = `[${i + 1}/${files.length}] ${name}`
      const left = times.secondsLeft
      writer.write(`${label}${left === null ? '' : `  about ${formatSeconds(Math.ceil(left))} left`}\n`)
      const following = files[i + 1]
      const startFollowing = (): void => {
        if (following !== undefined) kernels.start(following)
      }
      const summary = await runOne(file, name, label, writer, options, kernels, startFollowing)
      times.ended(name, summary.seconds)
      if (summary.problem) writer.write(`${label}  failed\n${summary.problem}\n`)
      notebooks.push(summary)
    }
  } finally {
    await kernels.end()
  }
  writer.write(summarise(notebooks))
  return { isOk: notebooks.every(({ status }) => status === 'done'), notebooks }
}

const runOne = async (
  file: string,
  name: string,
  label: string,
  writer: LineWriter,
  { outFolder, smoke = false, sets = {}, stopAtFailure: _, ...options }: RunAllOptions,
  kernels: KernelsAhead,
  startFollowing: () => void,
): Promise<NotebookSummary> => {
  const started = performance.now()
  const lines = progressLines(label, writer)
  try {
    const values = smoke ? smokeValues(file) : {}
    const result: RunResult = await executeNotebook({
      ...options,
      notebook: file,
      out: join(outFolder, `${name}.ipynb`),
      sets: sets[name] ?? [],
      values,
      // A notebook that is refused needs no kernel.
      startedKernel: () => kernels.start(file),
      progress: {
        ...lines,
        cellEnded: (...cell) => {
          lines.cellEnded(...cell)
          startFollowing()
        },
      },
    })
    if (!result.failure) return { name, seconds: result.seconds, status: 'done' }
    return { name, seconds: result.seconds, status: 'failed', problem: describeFailure(result) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { name, seconds: (performance.now() - started) / 1000, status: 'failed', problem }
  } finally {
    await kernels.endOne(file)
  }
}

/** The tiny parameters that a notebook's metadata holds for tests. */
const smokeValues = (file: string): JsonObject => {
  if (!existsSync(file)) return {}
  return objectField(objectField(readNotebook(file).metadata, 'thesis'), 'smoke')
}

const summarise = (notebooks: readonly NotebookSummary[]): string => {
  const width = Math.max(0, ...notebooks.map(({ name }) => name.length))
  const lines = notebooks.map(
    ({ name, status, seconds }) =>
      `  ${name.padEnd(width)}  ${status === 'not run' ? status : `${status}  ${formatSeconds(seconds)}`}`,
  )
  const total = notebooks.reduce((sum, { seconds }) => sum + seconds, 0)
  const done = notebooks.filter(({ status }) => status === 'done').length
  const headline = `${done} of ${notebooks.length} notebooks ran to their end, in ${formatSeconds(total)}.`
  return [headline, ...lines, ''].join('\n')
}
