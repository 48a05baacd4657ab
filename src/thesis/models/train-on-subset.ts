import { runOf } from './model.js'
import type { Model } from './model-value.js'
import type { Plan } from './plan.js'
import { loadOrRun, type TrainingEvents } from './training-run.js'
import { unfinishedModel } from './unfinished-model.js'

export interface SubsetTrainingEvents extends TrainingEvents {
  /** Where checkpoints go. Default: `data/checkpoints` for a shipped recipe, `results/checkpoints` for any other plan. */
  readonly folder?: string
}

/**
 * Trains in this process on `sequences` of the training sequences, validates on a quarter as many and tests on as many (so far
 * as there are), or loads what the same plan gave before; an interrupted training goes on where it was stopped.
 *
 * @returns what was trained so far when it was interrupted, see `isUnfinished`
 * @example
 * const plan = await experiment({ network: 'shallow', dataset: 'mnist-maj', sequences: 200, epochs: 1 })
 * const trained = await trainOnSubset(plan, { onEpoch: ({ validationAccuracy }) => console.log(validationAccuracy) })
 */
export async function trainOnSubset(plan: Plan, events: SubsetTrainingEvents = {}): Promise<Model> {
  const run = await runOf(plan, events)
  return (await loadOrRun(run, events)) ?? unfinishedModel(run)
}
