import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import { moduleBeside } from '../files/module-beside.js'
import { runWorker } from '../thesis/models/worker-process.js'
import type { CellJob, CellMessage } from './cell-job.js'
import { lockCell } from './cell-lock.js'
import type { Design } from './design.js'
import type { ListedCell } from './study.js'
import { finishedCell } from './study-folder.js'

const WORKER = moduleBeside('./cell-worker', import.meta.url)

/** What happens to a cell while a study runs. */
export type CellEvent =
  | CellMessage
  | { readonly started: true }
  | { readonly skipped: 'finished' | 'computed elsewhere' }
  | { readonly restarted: string }

export interface RunOptions {
  /** Processes at once. Default: one per core. */
  readonly jobs?: number
  /** Train the networks only. Default: explain them too. */
  readonly only?: 'train' | null
  /** How often the process of a cell that died is started again. Default: 2. */
  readonly restarts?: number
  readonly signal?: AbortSignal
  onCell(cell: ListedCell, event: CellEvent): void
}

/**
 * Computes the cells of a study that are not finished, each in a process of its own with one thread, so that a result does not depend on how
 * many run side by side. A cell that fails does not stop the others.
 *
 * @returns how many cells were computed, and which failed or were interrupted
 */
export async function runCells(
  study: string,
  design: Design,
  cells: readonly ListedCell[],
  { jobs = availableParallelism(), only = null, restarts = 2, signal, onCell }: RunOptions,
): Promise<{ readonly computed: number; readonly failed: readonly ListedCell[] }> {
  let computed = 0
  const failed: ListedCell[] = []
  const compute = async (cell: ListedCell): Promise<void> => {
    if (signal?.aborted) return
    if (finishedCell(study, cell.id) !== null) return onCell(cell, { skipped: 'finished' })
    const lock = lockCell(study, cell.id)
    if (lock === null) return onCell(cell, { skipped: 'computed elsewhere' })
    try {
      // Another process may have finished it before the lock was ours.
      if (finishedCell(study, cell.id) !== null) return onCell(cell, { skipped: 'finished' })
      onCell(cell, { started: true })
      const end = await computeAway({ study, design, choice: choiceOf(cell), id: cell.id, only }, cell)
      if (end === 'finished') computed++
      else if (end === 'failed') failed.push(cell)
    } finally {
      lock.release()
    }
  }
  const computeAway = async (
    job: CellJob,
    cell: ListedCell,
  ): Promise<'finished' | 'failed' | 'interrupted'> => {
    for (let attempt = 0; ; attempt++) {
      const told: { end?: 'finished' | 'failed' | 'interrupted' } = {}
      const { code, killedBy } = await runWorker<CellJob, CellMessage>(WORKER, job, {
        signal,
        onMessage(message) {
          if ('finished' in message) told.end = 'finished'
          else if ('error' in message) told.end = 'failed'
          else if ('interrupted' in message) told.end = 'interrupted'
          onCell(cell, message)
        },
      })
      if (told.end !== undefined) return told.end
      if (signal?.aborted) return 'interrupted'
      const why = `its process ended early (${killedBy ?? `code ${code}`})`
      if (attempt === restarts) {
        onCell(cell, { error: why })
        return 'failed'
      }
      onCell(cell, { restarted: why })
    }
  }
  await pMap(cells, compute, { concurrency: jobs })
  return { computed, failed }
}

function choiceOf({ id: _, checkpoint: __, ...choice }: ListedCell): CellJob['choice'] {
  return choice
}
