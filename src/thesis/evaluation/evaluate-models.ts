import { availableParallelism } from 'node:os'
import type { ModelConfiguration } from '../models/configuration.js'
import { inParallel, runWorker } from '../models/worker-process.js'
import type { EvaluateJob, EvaluateMessage } from './evaluate-job.js'
import type { ModelEvaluation } from './evaluate-model.js'

export interface EvaluateModelsOptions {
  /** Names of methods, as in `methods`. */
  readonly methods: readonly string[]
  /** How many test sequences; all unless told. */
  readonly limit?: number
  /** Processes at once; one per core unless told. */
  readonly jobs?: number
  readonly signal?: AbortSignal
  /** Told as work proceeds, with the share of all of it done in [0, 1], and which models are finished. */
  onProgress?(done: number, finished: readonly string[]): void
  /** Told of each model as it is finished. */
  onEvaluation?(configuration: ModelConfiguration, evaluation: ModelEvaluation): Promise<void>
}

/**
 * Evaluates models side by side, each in a process of its own; the result is in the order of the configurations.
 *
 * @throws Error naming the model when one cannot be evaluated
 */
export async function evaluateModels(
  configurations: readonly ModelConfiguration[],
  options: EvaluateModelsOptions,
): Promise<ModelEvaluation[]> {
  const { methods, limit = null, signal, jobs = availableParallelism() } = options
  const done = new Array<number>(configurations.length).fill(0)
  const finished: string[] = []
  const results = new Array<ModelEvaluation>(configurations.length)
  const report = () => options.onProgress?.(done.reduce((sum, part) => sum + part, 0) / done.length, finished)

  await inParallel(configurations, jobs, async (configuration, index) => {
    const name = `${configuration.dataset} ${configuration.network}`
    const job: EvaluateJob = { configuration, methods, limit }
    let problem: string | null = null
    const end = await runWorker<EvaluateJob, EvaluateMessage>(
      new URL('./evaluate-worker.ts', import.meta.url),
      job,
      {
        signal,
        onMessage: (message) => {
          if ('error' in message) problem = message.error
          else if ('done' in message) done[index] = message.done
          else results[index] = evaluationOf(message)
          report()
        },
      },
    )
    if (results[index] === undefined) {
      throw new Error(
        `evaluating ${name}: ${problem ?? `the worker ended early (${end.killedBy ?? `code ${end.code}`})`}`,
      )
    }
    await options.onEvaluation?.(configuration, results[index])
    finished.push(name)
    report()
  })
  return results
}

const evaluationOf = ({
  correct,
  cosines,
}: Extract<EvaluateMessage, { cosines: unknown }>): ModelEvaluation => ({
  correct: Uint8Array.from(correct),
  cosines: Object.fromEntries(
    Object.entries(cosines).map(([name, values]) => [name, Float64Array.from(values)]),
  ),
})
