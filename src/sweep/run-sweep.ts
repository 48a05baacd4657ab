import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import pMap from 'p-map'
import { executeNotebook, type RunResult } from '../runner/execute.js'
import type { JsonObject } from '../runner/json.js'
import { type Refusal, refusedCombinations } from './check-parameters.js'
import type { Combination } from './combinations.js'
import { readRun } from './read-run.js'
import { clearRun, executedNotebook, finishedRun, type RunRecord, writeRecord } from './sweep-folder.js'

/** What happens to a combination while a sweep runs. */
export type SweepEvent =
  | { readonly skipped: RunRecord }
  | { readonly started: true }
  /** How far its running cell is, or which cell that is. */
  | { readonly text: string }
  | { readonly ended: RunRecord }

export interface SweepOptions {
  /** Combinations at once. Default: one per core. */
  readonly jobs?: number
  /** Seconds that one cell may take. Default: no limit. */
  readonly timeoutSeconds?: number
  /** Run finished combinations too. Default: false. */
  readonly again?: boolean
  readonly signal?: AbortSignal
  onRun(combination: Combination, event: SweepEvent): void
}

/** One thread each, so that a number does not depend on how many combinations run side by side. */
const THREADS = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' }

/** The environment of a run's kernel. */
function environment(results: string): Record<string, string> {
  const given = Object.entries(THREADS).filter(([name]) => process.env[name] === undefined)
  return { ...Object.fromEntries(given), THESIS_RESULTS: results }
}

/** Which combinations the notebook's own parameters cell refuses; nothing is left behind. */
export async function refusals(
  folder: string,
  notebook: string,
  combinations: readonly Combination[],
  signal?: AbortSignal,
): Promise<readonly Refusal[]> {
  const results = join(folder, 'check')
  try {
    return await refusedCombinations(notebook, combinations, {
      env: environment(results),
      ...(signal ? { signal } : {}),
    })
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
}

/**
 * Runs the combinations of a sweep that are not finished, side by side, each in a kernel and a results folder of its own. One that fails does
 * not stop the others; one that was interrupted is not finished.
 *
 * @param folder the sweep's
 * @param notebook its file
 */
export async function runSweep(
  folder: string,
  notebook: string,
  combinations: readonly Combination[],
  { jobs = availableParallelism(), timeoutSeconds, again = false, signal, onRun }: SweepOptions,
): Promise<void> {
  const runOne = async (combination: Combination): Promise<void> => {
    if (signal?.aborted) return
    const known = again ? null : finishedRun(folder, combination, notebook)
    if (known) return onRun(combination, { skipped: known })
    const runFolder = join(folder, combination.id)
    clearRun(runFolder)
    onRun(combination, { started: true })
    const started = performance.now()
    const out = executedNotebook(folder, combination, notebook)
    const ended = (how: Pick<RunRecord, 'status' | 'error'>, numbers: JsonObject = {}): void => {
      const { parameters, code } = combination
      const seconds = Math.round(performance.now() - started) / 1000
      const record: RunRecord = { parameters, ...how, seconds, code, numbers }
      writeRecord(runFolder, record)
      onRun(combination, { ended: record })
    }
    try {
      const result = await executeNotebook({
        notebook,
        out,
        sets: combination.sets,
        env: environment(runFolder),
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
        ...(signal ? { signal } : {}),
        progress: {
          cellStarted: (cell, cells) => onRun(combination, { text: `cell ${cell}/${cells}` }),
          cellProgressed: (cell, cells, text) =>
            onRun(combination, { text: `cell ${cell}/${cells}  ${text}` }),
        },
      })
      ended(endOf(result), recordedIn(out))
    } catch (error) {
      ended({ status: 'failed', error: error instanceof Error ? error.message : String(error) })
    }
  }
  await pMap(combinations, runOne, { concurrency: jobs })
}

function endOf({ failure, cells }: RunResult): Pick<RunRecord, 'status' | 'error'> {
  if (!failure) return { status: 'finished' }
  if (failure.kind === 'interrupted') return { status: 'interrupted' }
  const { ename, evalue, traceback } = failure.error
  const said = traceback.length > 0 ? traceback.join('\n') : `${ename}: ${evalue}`
  return { status: 'failed', error: `Cell ${failure.cell} of ${cells}: ${said}` }
}

/** The recorded numbers as JSON, for whoever reads the record with other programs. */
const recordedIn = (file: string): JsonObject =>
  Object.fromEntries(
    [...readRun(file).numbers].map(([name, value]) => [name, Number.isFinite(value) ? value : String(value)]),
  )
