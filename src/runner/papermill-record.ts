import type { JsonObject } from './json.js'

/** The version of papermill in whose form runs are recorded. */
const PAPERMILL = '2.7.0'

/** What is known of a run before it starts. */
export interface RunInputs {
  readonly inputPath: string
  readonly outputPath: string
  /** The parameters that were set, with their values. */
  readonly parameters: JsonObject
  /** The values of all parameters in the notebook. */
  readonly defaults: JsonObject
  /** The time of day. Default: the machine's */
  readonly now?: () => Date
}

interface CellRun {
  readonly start: Date
  readonly end?: Date
  readonly hasFailed: boolean
}

/** When a notebook's cells ran, for how long and how they ended, as papermill records it in the metadata. */
export class PapermillRecord {
  readonly #inputs: RunInputs
  readonly #now: () => Date
  readonly #start: Date
  readonly #cells = new Map<number, CellRun>()
  #end: Date | undefined
  #hasFailed = false

  constructor(inputs: RunInputs) {
    this.#inputs = inputs
    this.#now = inputs.now ?? (() => new Date())
    this.#start = this.#now()
  }

  /** @param index the cell's place among all cells, from 0 */
  cellStarted(index: number): void {
    this.#cells.set(index, { start: this.#now(), hasFailed: false })
  }

  cellEnded(index: number, hasFailed: boolean): void {
    const start = this.#cells.get(index)?.start ?? this.#now()
    this.#cells.set(index, { start, end: this.#now(), hasFailed })
  }

  ended(hasFailed: boolean): void {
    this.#end = this.#now()
    this.#hasFailed = hasFailed
  }

  /** The notebook's `papermill`. */
  get notebook(): JsonObject {
    const { inputPath, outputPath, parameters, defaults } = this.#inputs
    return {
      default_parameters: defaults,
      environment_variables: {},
      exception: this.#hasFailed ? true : null,
      input_path: inputPath,
      output_path: outputPath,
      parameters,
      version: PAPERMILL,
      ...times(this.#start, this.#end),
    }
  }

  /** A cell's `papermill`. */
  cell(index: number, tags: readonly string[]): JsonObject {
    const run = this.#cells.get(index)
    if (!run) {
      const status = this.#isBehind(index) ? 'completed' : 'pending'
      return { exception: null, status, tags, ...times(undefined, undefined) }
    }
    const ended = run.hasFailed ? 'failed' : 'completed'
    return {
      exception: run.hasFailed,
      status: run.end ? ended : 'running',
      tags,
      ...times(run.start, run.end),
    }
  }

  /** Whether a run is past a cell that it has not to run, such as one of text. */
  #isBehind(index: number): boolean {
    return (this.#end && !this.#hasFailed) || [...this.#cells.keys()].some((started) => started > index)
  }
}

const times = (start: Date | undefined, end: Date | undefined): JsonObject => ({
  start_time: start ? isoTime(start) : null,
  end_time: end ? isoTime(end) : null,
  duration: start && end ? (end.getTime() - start.getTime()) / 1000 : null,
})

/** As Python writes a time: `2024-05-01T12:00:00.123000+00:00`. */
const isoTime = (time: Date): string => time.toISOString().replace('Z', '000+00:00')
