import { moduleBeside } from '../../files/module-beside.js'
import { parametersDigest } from '../models/parameters-digest.js'
import { runWorker } from '../models/worker-process.js'
import { referenceOf } from '../values/origin.js'
import { type EvaluateJob, type EvaluateMessage, fromPlain } from './evaluate-job.js'
import type { ModelEvaluation } from './evaluation.js'
import type { Evaluating } from './evaluation-place.js'

const WORKER = moduleBeside('./evaluate-worker', import.meta.url)

/**
 * Evaluates a model in a process of its own.
 *
 * @param folder that of its checkpoint
 * @throws Error with what the worker said, or how it ended
 */
export async function evaluateAway(
  { model, methods, measures, target, evidence }: Evaluating,
  folder: string,
  {
    limit,
    signal,
    onProgress,
  }: {
    readonly limit: number | undefined
    readonly signal: AbortSignal
    onProgress(done: number): void
  },
): Promise<ModelEvaluation> {
  const reference = (value: object): string => referenceOf(value) ?? ''
  const job: EvaluateJob = {
    folder,
    configuration: model.configuration,
    parameters: parametersDigest(model.parameters),
    data: await model.dataset.checksum(),
    architecture: reference(model.architecture),
    dataset: reference(model.dataset),
    methods: methods.map(reference),
    measures: measures.map(reference),
    target,
    evidence,
    limit: limit ?? null,
  }
  const told: { evaluation?: ModelEvaluation; error?: string } = {}
  const end = await runWorker<EvaluateJob, EvaluateMessage>(WORKER, job, {
    signal,
    onMessage: (message) => {
      if ('error' in message) told.error = message.error
      else if ('done' in message) onProgress(message.done)
      else told.evaluation = fromPlain(message.evaluation)
    },
  })
  if (told.evaluation !== undefined) return told.evaluation
  throw new Error(told.error ?? `the worker ended early (${end.killedBy ?? `code ${end.code}`})`)
}
