import { availableParallelism } from 'node:os'
import pMap from 'p-map'
import type { Model } from '../models/model-value.js'
import type { Plan } from '../models/plan.js'
import { evaluateAway } from './evaluate-away.js'
import { evaluateModel } from './evaluate-model.js'
import type { ModelEvaluation } from './evaluation.js'
import { type Evaluating, placeOf } from './evaluation-place.js'
import { type EvaluationOptions, evaluationRequest } from './evaluation-request.js'

export interface EvaluateModelsOptions extends EvaluationOptions, RunningOptions {}

/** How evaluations run. */
export interface RunningOptions {
  /** Processes at once. Default: one per core. */
  readonly jobs?: number
  readonly signal?: AbortSignal
  /** Told as work proceeds, with the share of all of it done in [0, 1], and which models are finished. */
  onProgress?(done: number, finished: readonly string[]): void
  /** Told what runs in this process instead of one of its own, and why. */
  onNote?(note: string): void
}

/**
 * Evaluates models, in their order: side by side in processes of their own where those can load all values themselves, because they
 * are shipped or come from files; in this process, one after the other, where a value was made in a cell.
 *
 * @param models trained models, or plans whose checkpoints exist
 * @throws Error naming the model that cannot be evaluated; RangeError when nothing is chosen or two values have one id
 * @example
 * const plans = ['shallow', 'r-lstm'].map((network) => recipe('mnist-maj', network))
 * const evaluations = await evaluateModels(plans, { methods: ['deepTaylor'], limit: 20 })
 * scoreFigure(scoreTable(evaluations))
 */
export async function evaluateModels(
  models: readonly (Plan | Model)[],
  options: EvaluateModelsOptions,
): Promise<ModelEvaluation[]> {
  const request = await evaluationRequest(models, options)
  return evaluateAll(
    request.models.map((model) => ({ ...request, model })),
    options,
  )
}

interface Task {
  readonly index: number
  readonly evaluating: Evaluating
}

/** Evaluates each of some models by its own methods and measures; see `evaluateModels`. */
export async function evaluateAll(
  all: readonly Evaluating[],
  options: RunningOptions & {
    readonly limit?: number
    /** Told of each model as it is finished, and whether that was in this process. */
    onEvaluation?(index: number, evaluation: ModelEvaluation, here: boolean): Promise<void>
  },
): Promise<ModelEvaluation[]> {
  const { limit, jobs = availableParallelism(), signal } = options
  const done = new Array<number>(all.length).fill(0)
  const finished: string[] = []
  const results = new Array<ModelEvaluation>(all.length)
  const tell = (index: number, share: number) => {
    done[index] = share
    options.onProgress?.(done.reduce((sum, part) => sum + part, 0) / done.length, finished)
  }
  const finish = async ({ index, evaluating }: Task, evaluation: ModelEvaluation, here: boolean) => {
    results[index] = evaluation
    await options.onEvaluation?.(index, evaluation, here)
    finished.push(nameOf(evaluating))
    tell(index, 1)
  }
  const away: (Task & { readonly folder: string })[] = []
  const here: (Task & { readonly why: string })[] = []
  for (const [index, evaluating] of all.entries()) {
    const place = await placeOf(evaluating)
    if ('folder' in place) away.push({ index, evaluating, folder: place.folder })
    else here.push({ index, evaluating, why: place.here })
  }
  // The other workers stop when one fails.
  const failed = new AbortController()
  const stop = AbortSignal.any(signal ? [signal, failed.signal] : [failed.signal])
  const runAway = async (task: (typeof away)[number]) => {
    if (stop.aborted) return
    const { index, evaluating, folder } = task
    const running = evaluateAway(evaluating, folder, {
      limit,
      signal: stop,
      onProgress: (share) => tell(index, share),
    })
    await finish(task, await named(running, evaluating, signal), false)
  }
  await pMap(away, runAway, { concurrency: jobs }).catch((error) => {
    failed.abort()
    throw error
  })
  signal?.throwIfAborted()
  for (const task of here) {
    const { index, evaluating, why } = task
    const { model, ...values } = evaluating
    options.onNote?.(`${nameOf(evaluating)} is evaluated in this process, because ${why}`)
    const running = evaluateModel(model, {
      ...values,
      limit,
      signal,
      onProgress: (share) => tell(index, share),
    })
    await finish(task, await named(running, evaluating, signal), true)
  }
  return results
}

const nameOf = ({ model: { configuration } }: Evaluating): string =>
  `${configuration.dataset} ${configuration.network}`

/** What a task comes to; its error says of which model, unless the caller ended it. */
const named = <Result>(
  running: Promise<Result>,
  evaluating: Evaluating,
  signal: AbortSignal | undefined,
): Promise<Result> =>
  running.catch((error: unknown) => {
    signal?.throwIfAborted()
    throw new Error(
      `evaluating ${nameOf(evaluating)}: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
