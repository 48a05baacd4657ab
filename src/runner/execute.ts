import { dirname, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { MAY_FAIL, NOT_RUN, tagsOf } from './cell-tags.js'
import { codeDigest } from './code-digest.js'
import { type JsonObject, objectField, textField } from './json.js'
import { KernelClient, KernelLostError } from './kernel-client.js'
import { type KernelSpec, projectKernel } from './kernel-spec.js'
import { type CodeCell, formatNotebook, type Notebook, readNotebook, writeNotebook } from './notebook-file.js'
import { checkLanguage } from './notebook-language.js'
import { checkOutput } from './output-file.js'
import { CellOutputs, DisplayRegistry, type ErrorOutput, errorOutput } from './outputs.js'
import { PapermillRecord } from './papermill-record.js'
import { progressText } from './progress-text.js'
import { recordedParameters } from './recorded-parameters.js'
import { runVersions } from './run-versions.js'
import { outputsDigest } from './saved-outputs.js'
import { sourceDigests } from './source-digests.js'

export interface ExecuteOptions {
  /** The notebook to run; its folder is where cells import from. */
  readonly notebook: string
  /** Where the executed notebook goes; it is saved after every cell. */
  readonly out: string
  /** `name=value` texts for the cell tagged `parameters`. */
  readonly sets?: readonly string[]
  /** Parameter values as JSON, set before `sets`. */
  readonly values?: JsonObject
  /** Seconds that one cell may take; without limit by default. */
  readonly timeoutSeconds?: number
  /** The kernel to start; the project's own by default. */
  readonly kernel?: KernelSpec
  /** Gives a kernel that was started in the notebook's folder ahead, in place of a new one; it is ended after the run. */
  readonly startedKernel?: () => Promise<KernelClient>
  readonly env?: Readonly<Record<string, string>>
  /** Seconds without a heartbeat until the kernel counts as lost. */
  readonly heartbeatSeconds?: number
  /** Interrupts the run: the running cell is asked to end, and no further one starts. */
  readonly signal?: AbortSignal
  readonly progress?: Progress
  /** The time of day that is recorded; the machine's by default. */
  readonly now?: () => Date
}

/** Told of a run as it goes on; cells count from 1, among the code cells that are run. */
export interface Progress {
  cellStarted?(cell: number, cells: number): void
  /** A cell reported how far it is; `text` says it in one line. */
  cellProgressed?(cell: number, cells: number, text: string): void
  cellEnded?(cell: number, cells: number, seconds: number, isOk: boolean): void
}

export type FailureKind = 'error' | 'unhandled' | 'dead kernel' | 'timeout' | 'interrupted'

export interface Failure {
  readonly kind: FailureKind
  /** The cell that failed, among the code cells that are run, from 1. */
  readonly cell: number
  readonly error: ErrorOutput
}

export interface RunResult {
  readonly out: string
  /** How many code cells are run, and how many ended well or as they may. */
  readonly cells: number
  readonly cellsDone: number
  readonly seconds: number
  readonly failure?: Failure
}

const GRACE_SECONDS_AFTER_TIMEOUT = 3

interface RunningCell {
  readonly index: number
  readonly source: string
  /** Whether the run goes on after it failed. */
  readonly mayFail: boolean
  readonly outputs: CellOutputs
  executionCount: number | null
}

/**
 * Runs a notebook from its first cell to its last, and saves it with its outputs and the record of the run. Cells that are empty
 * or tagged `skip-execution` are not run. A failing cell that is not tagged `raises-exception`, an unhandled rejection, a
 * lost kernel, a timeout or an interrupt ends the run with `failure`, and what was shown until then is saved. Throws if
 * the notebook cannot be read or is of another language than the kernel, its output cannot be saved (see checkOutput), a parameter does not fit, or the kernel does
 * not start.
 */
export const executeNotebook = async (options: ExecuteOptions): Promise<RunResult> => {
  const started = performance.now()
  const read = readNotebook(options.notebook)
  checkLanguage(options.notebook, read.metadata, options.kernel ?? projectKernel)
  checkOutput(options.out, options.notebook)
  const notebook = await withParameters(read, options)
  const folder = resolve(dirname(options.notebook))
  const kernelStarts = options.startedKernel?.() ?? startKernel(options)
  const [kernel, sources, versions, parameters] = await Promise.all([
    kernelStarts,
    sourceDigests(notebook, folder),
    runVersions(),
    recordedParameters(read, notebook, options),
  ])
  const record = new PapermillRecord({
    ...parameters,
    inputPath: options.notebook,
    outputPath: options.out,
    ...(options.now ? { now: options.now } : {}),
  })
  const run = new NotebookRun({ notebook, kernel, sources, versions, record, options })
  try {
    await run.start()
  } finally {
    await kernel.shutdown()
    run.end()
  }
  return { ...run.result(), out: options.out, seconds: (performance.now() - started) / 1000 }
}

/** Starts the kernel for a notebook. Throws KernelLostError if it does not start. */
export const startKernel = ({
  notebook,
  kernel,
  env,
  heartbeatSeconds,
}: Pick<ExecuteOptions, 'notebook' | 'kernel' | 'env' | 'heartbeatSeconds'>): Promise<KernelClient> =>
  KernelClient.start({
    spec: kernel ?? projectKernel,
    folder: resolve(dirname(notebook)),
    // What Jupyter calls the notebook in its kernel's environment.
    env: { JPY_SESSION_NAME: resolve(notebook), ...env },
    ...(heartbeatSeconds ? { heartbeatSeconds } : {}),
  })

const withParameters = async (
  notebook: Notebook,
  { sets = [], values = {} }: ExecuteOptions,
): Promise<Notebook> => {
  if (sets.length === 0 && Object.keys(values).length === 0) return notebook
  // The compiler that reads the cell takes a while to load, which runs without parameters need not wait for.
  const { parameterise, parseSetting, settingsOf } = await import('./parameterise.js')
  return parameterise(parameterise(notebook, settingsOf(values)), sets.map(parseSetting))
}

interface RunParts {
  readonly notebook: Notebook
  readonly kernel: KernelClient
  /** The digests of the sources that the notebook imports. */
  readonly sources: JsonObject
  readonly versions: JsonObject
  readonly record: PapermillRecord
  readonly options: ExecuteOptions
}

class NotebookRun {
  readonly #notebook: Notebook
  readonly #kernel: KernelClient
  readonly #sources: JsonObject
  readonly #versions: JsonObject
  readonly #record: PapermillRecord
  readonly #options: ExecuteOptions
  readonly #displays = new DisplayRegistry()
  readonly #cells: RunningCell[]
  #language: JsonObject = {}
  #cellsDone = 0
  #failure: Failure | undefined

  constructor({ notebook, kernel, sources, versions, record, options }: RunParts) {
    this.#notebook = notebook
    this.#kernel = kernel
    this.#sources = sources
    this.#versions = versions
    this.#record = record
    this.#options = options
    this.#cells = notebook.cells.flatMap((cell, index) => {
      const tags = tagsOf(cell)
      if (cell.cell_type !== 'code' || cell.source.trim() === '' || tags.includes(NOT_RUN)) return []
      const outputs = new CellOutputs(this.#displays)
      return [{ index, source: cell.source, mayFail: tags.includes(MAY_FAIL), outputs, executionCount: null }]
    })
  }

  async start(): Promise<void> {
    try {
      this.#language = objectField(await this.#kernel.ask('kernel_info_request'), 'language_info')
      for (const [i, cell] of this.#cells.entries()) {
        if (this.#options.signal?.aborted) this.#fail('interrupted', i + 1, interruptedError())
        if (this.#failure) return
        await this.#runCell(cell, i + 1)
        this.save()
      }
      // A promise that the last cell left behind may still be rejected.
      await this.#kernel.ask('kernel_info_request')
    } catch (error) {
      if (!(error instanceof KernelLostError)) throw error
      this.#fail('dead kernel', Math.max(1, this.#cellsDone), kernelError(error))
    }
  }

  result(): Omit<RunResult, 'out' | 'seconds'> {
    const counts = { cells: this.#cells.length, cellsDone: this.#cellsDone }
    return this.#failure ? { ...counts, failure: this.#failure } : counts
  }

  end(): void {
    this.#record.ended(this.#failure !== undefined)
    this.save()
  }

  save(): void {
    const ran = new Map(this.#cells.map((cell) => [cell.index, cell]))
    const cells = this.#notebook.cells.map((read, i) => {
      const papermill = this.#record.cell(i, tagsOf(read))
      const cell = { ...read, metadata: { ...read.metadata, papermill } }
      const state = ran.get(i)
      if (cell.cell_type !== 'code' || !state) return cell
      const done: CodeCell = { ...cell, outputs: state.outputs.list, execution_count: state.executionCount }
      return done
    })
    const metadata = {
      ...this.#notebook.metadata,
      language_info: this.#language,
      papermill: this.#record.notebook,
    }
    const isWhole = this.#cellsDone === this.#cells.length && this.#failure === undefined
    const { outputs: _, sources: __, ...kept } = objectField(metadata, 'thesis')
    const run = { ...this.#versions, typescript: this.#language.version ?? null }
    const thesis = isWhole
      ? {
          ...kept,
          outputsOf: codeDigest({ cells }),
          outputs: outputsDigest(formatNotebook({ cells, metadata })),
          sources: this.#sources,
          run,
        }
      : { ...kept, outputsOf: null, run }
    writeNotebook(this.#options.out, { ...this.#notebook, cells, metadata: { ...metadata, thesis } })
  }

  async #runCell(cell: RunningCell, number: number): Promise<void> {
    const { progress } = this.#options
    const started = performance.now()
    progress?.cellStarted?.(number, this.#cells.length)
    this.#record.cellStarted(cell.index)
    let hasEnded = false
    const reply = this.#kernel.execute(cell.source, ({ type, content }) => {
      cell.outputs.receive(type, content)
      const text = hasEnded ? undefined : progressText(content)
      if (text !== undefined) progress?.cellProgressed?.(number, this.#cells.length, text)
      if (type === 'error' && hasEnded && !cell.mayFail) this.#fail('unhandled', number, errorOutput(content))
    })
    const outcome = await this.#outcome(reply)
    hasEnded = true
    if (outcome.kind === 'ok') {
      cell.executionCount = outcome.executionCount
      this.#cellsDone += 1
      // A foreign kernel may publish an error and still call the cell a success.
      const [stray] = cell.outputs.errors
      if (stray && !cell.mayFail) this.#fail('unhandled', number, stray)
    } else {
      if (outcome.executionCount !== undefined) cell.executionCount = outcome.executionCount
      if (outcome.kind !== 'error' || cell.outputs.errors.length === 0) cell.outputs.add(outcome.error)
      if (outcome.kind === 'error' && cell.mayFail) this.#cellsDone += 1
      else this.#fail(outcome.kind, number, outcome.error)
    }
    this.#record.cellEnded(cell.index, this.#failure !== undefined)
    const seconds = (performance.now() - started) / 1000
    progress?.cellEnded?.(number, this.#cells.length, seconds, this.#failure === undefined)
  }

  /** Waits for a cell's end, and makes it end on a timeout or an interrupt. */
  async #outcome(reply: Promise<JsonObject>): Promise<Outcome> {
    const { timeoutSeconds = 0, signal } = this.#options
    const ended = reply.then(outcomeOfReply, (error: unknown): Outcome => {
      if (!(error instanceof KernelLostError)) throw error
      return { kind: 'dead kernel', error: kernelError(error) }
    })
    const giveUp = new AbortController()
    const { signal: over } = giveUp
    const timeout =
      timeoutSeconds > 0 ? delay(timeoutSeconds * 1000, 'timeout' as const, { signal: over }) : undefined
    const interrupt = signal ? aborted(signal, over) : undefined
    timeout?.catch(() => {})
    const first = await Promise.race([
      ended,
      ...(timeout ? [timeout] : []),
      ...(interrupt ? [interrupt] : []),
    ])
    giveUp.abort()
    if (typeof first === 'object') return first
    this.#kernel.interrupt()
    if (first === 'interrupted') {
      // The cell may want to keep what it has done; a second interrupt of the runner ends the kernel.
      const last = await ended
      return { ...last, kind: 'interrupted', error: interruptedError() }
    }
    const error = timeoutError(timeoutSeconds)
    const grace = delay(GRACE_SECONDS_AFTER_TIMEOUT * 1000, undefined, { ref: false })
    const last = await Promise.race([ended, grace])
    if (!last) await this.#kernel.kill()
    return { ...last, kind: 'timeout', error }
  }

  #fail(kind: FailureKind, cell: number, error: ErrorOutput): void {
    this.#failure ??= { kind, cell, error }
  }
}

type Outcome =
  | { readonly kind: 'ok'; readonly executionCount: number | null }
  | { readonly kind: FailureKind; readonly error: ErrorOutput; readonly executionCount?: number | null }

const outcomeOfReply = (reply: JsonObject): Outcome => {
  const executionCount = typeof reply.execution_count === 'number' ? reply.execution_count : null
  if (reply.status === 'ok') return { kind: 'ok', executionCount }
  const error = errorOutput(reply)
  const ename = error.ename || 'Error'
  const evalue = error.evalue || `the kernel answered "${textField(reply, 'status')}"`
  const traceback = error.traceback.length > 0 ? error.traceback : [`${ename}: ${evalue}`]
  return { kind: 'error', executionCount, error: { ...error, ename, evalue, traceback } }
}

const aborted = (signal: AbortSignal, over: AbortSignal): Promise<'interrupted'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('interrupted')
    signal.addEventListener('abort', () => resolve('interrupted'), { once: true, signal: over })
  })

const runnerError = (ename: string, evalue: string): ErrorOutput => ({
  output_type: 'error',
  ename,
  evalue,
  traceback: `${ename}: ${evalue}`.split('\n'),
})

const kernelError = (error: KernelLostError): ErrorOutput => runnerError('DeadKernel', error.message)

const timeoutError = (seconds: number): ErrorOutput =>
  runnerError('Timeout', `the cell took longer than ${seconds} s and was ended`)

const interruptedError = (): ErrorOutput => runnerError('Interrupted', 'the run was interrupted')
