import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { writeAtomicallySync } from '../files/write-atomically.js'

/** How long the steps of a command take, kept from run to run, so that each can say how long it still takes from there. */
export class StepTimes {
  readonly #file: string
  readonly #clock: () => number
  /** Seconds by step, of the last run that came so far. */
  readonly #before: ReadonlyMap<string, number>
  readonly #now = new Map<string, number>()
  #running: { readonly step: string; readonly since: number } | null = null

  /** @param clock milliseconds since any moment. Default: the process's clock */
  constructor(file: string, clock: () => number = () => performance.now()) {
    this.#file = file
    this.#clock = clock
    this.#before = readTimes(file)
  }

  /**
   * A step begins, and the one before is over.
   *
   * @returns seconds that it and those after it took the last time; null where that is not known
   */
  begin(step: string): number | null {
    this.end()
    this.#running = { step, since: this.#clock() }
    if (!this.#before.has(step)) return null
    const steps = [...this.#before]
    const from = steps.findIndex(([name]) => name === step)
    return steps.slice(from).reduce((sum, [, seconds]) => sum + seconds, 0)
  }

  /** The last step is over: what it took is kept. */
  end(): void {
    if (this.#running === null) return
    this.#now.set(this.#running.step, (this.#clock() - this.#running.since) / 1000)
    this.#running = null
    // Steps that this run has not come to keep what they took before.
    const later = [...this.#before].filter(([step]) => !this.#now.has(step))
    writeAtomicallySync(this.#file, `${JSON.stringify([...this.#now, ...later])}\n`)
  }
}

function readTimes(file: string): Map<string, number> {
  try {
    const entries: readonly [string, number][] = JSON.parse(readFileSync(file, 'utf8'))
    return new Map(entries)
  } catch {
    return new Map() // It is the first run.
  }
}
