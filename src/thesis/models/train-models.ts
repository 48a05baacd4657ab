import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import { moduleBeside } from '../../files/module-beside.js'
import type { Plan } from './plan.js'
import { referenceOfPlan } from './plan-reference.js'
import type { TrainJob, TrainMessage } from './train-job.js'
import { runWorker } from './worker-process.js'

const WORKER = moduleBeside('./train-worker', import.meta.url)

export interface TrainModelsOptions {
  /** Processes at once. Default: one per core. */
  readonly jobs?: number
  /** Train even where a checkpoint exists; a retraining that was interrupted goes on. */
  readonly retrain?: boolean
  /** How often a crashed worker is started again, going on from its last whole epoch. Default: 2. */
  readonly restarts?: number
  readonly signal?: AbortSignal
  onMessage(plan: Plan, message: TrainMessage | { readonly restarted: string }): void
}

/**
 * Trains models side by side, each in a process of its own, and starts a crashed one again from its last whole epoch.
 *
 * @returns whether all of them are trained; false when some were interrupted or failed, which `onMessage` was told
 * @throws Error before anything is trained, naming the value of a plan that another process cannot load
 */
export async function trainModels(plans: readonly Plan[], options: TrainModelsOptions): Promise<boolean> {
  const { jobs = availableParallelism(), retrain = false, restarts = 2, signal } = options
  const work = plans.map((plan) => ({ plan, job: { plan: referenceOfPlan(plan), retrain } }))
  let trained = 0
  const train = async ({ plan, job }: (typeof work)[number]) => {
    for (let attempt = 0; attempt <= restarts && !signal?.aborted; attempt++) {
      let ended = false
      const { code, killedBy } = await runWorker<TrainJob, TrainMessage>(WORKER, job, {
        signal,
        onMessage: (message) => {
          ended ||= 'testAccuracy' in message || 'interrupted' in message || 'error' in message
          if ('testAccuracy' in message) trained++
          options.onMessage(plan, message)
        },
      })
      if (ended) return
      const why = `its worker ended early (${killedBy ?? `code ${code}`})`
      options.onMessage(plan, attempt < restarts ? { restarted: why } : { error: why })
    }
  }
  await pMap(work, train, { concurrency: jobs })
  return trained === plans.length
}
