import { availableParallelism } from 'node:os'
import type { ModelConfiguration } from './configuration.js'
import type { TrainJob, TrainMessage } from './train-job.js'
import { inParallel, runWorker } from './worker-process.js'

const WORKER = new URL('./train-worker.ts', import.meta.url)

export interface TrainModelsOptions {
  /** Processes at once; one per core unless told. */
  readonly jobs?: number
  /** Train even where a checkpoint exists; a retraining that was interrupted goes on. */
  readonly retrain?: boolean
  /** How often a crashed worker is started again, going on from its last whole epoch; 2 unless told. */
  readonly restarts?: number
  readonly signal?: AbortSignal
  onMessage(configuration: ModelConfiguration, message: TrainMessage | { readonly restarted: string }): void
}

/**
 * Trains models side by side, each in a process of its own, and starts a crashed one again from its last whole epoch.
 *
 * @returns whether all of them are trained; false when some were interrupted or failed, which `onMessage` was told
 */
export async function trainModels(
  configurations: readonly ModelConfiguration[],
  options: TrainModelsOptions,
): Promise<boolean> {
  const { jobs = availableParallelism(), retrain = false, restarts = 2, signal } = options
  let trained = 0
  await inParallel(configurations, jobs, async (configuration) => {
    for (let attempt = 0; attempt <= restarts && !signal?.aborted; attempt++) {
      let ended = false
      // A retraining that was cut off goes on, too.
      const job: TrainJob = { configuration, retrain }
      const { code, killedBy } = await runWorker<TrainJob, TrainMessage>(WORKER, job, {
        signal,
        onMessage: (message) => {
          ended ||= 'testAccuracy' in message || 'interrupted' in message || 'error' in message
          if ('testAccuracy' in message) trained++
          options.onMessage(configuration, message)
        },
      })
      if (ended) return
      const why = `its worker ended early (${killedBy ?? `code ${code}`})`
      options.onMessage(configuration, attempt < restarts ? { restarted: why } : { error: why })
    }
  })
  return trained === configurations.length
}
