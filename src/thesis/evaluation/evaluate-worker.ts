import { fingerprintOf } from '../models/fingerprint.js'
import { parametersDigest } from '../models/parameters-digest.js'
import { readModel } from '../models/training-run.js'
import { tellParent } from '../models/worker-process.js'
import { architectureOf, datasetOf } from '../values/value-of.js'
import { type EvaluateJob, type EvaluateMessage, toPlain } from './evaluate-job.js'
import { evaluateModel } from './evaluate-model.js'
import type { ModelEvaluation } from './evaluation.js'

// A process of its own, since a backend computes on the thread that calls it.
const tell = (message: EvaluateMessage) => tellParent(message)

process.once('message', async (job: EvaluateJob) => {
  try {
    await tell({ evaluation: toPlain(await evaluate(job)) })
  } catch (error) {
    await tell({ error: error instanceof Error ? error.message : String(error) })
  }
  if (process.connected) process.disconnect()
})
process.once('disconnect', () => process.exit())

async function evaluate({ folder, configuration, ...job }: EvaluateJob): Promise<ModelEvaluation> {
  const values = {
    architecture: await architectureOf(job.architecture),
    dataset: await datasetOf(job.dataset),
  }
  const { problem, units, network } = configuration
  if (fingerprintOf({ ...values, problem, units }) !== configuration.fingerprint)
    throw new Error(`the code of ${network} was changed since the model was loaded; load it again`)
  if ((await values.dataset.checksum()) !== job.data)
    throw new Error(
      `the images of ${configuration.dataset} were changed since the model was loaded; load it again`,
    )
  const model = await readModel(folder, configuration, values)
  if (parametersDigest(model.parameters) !== job.parameters)
    throw new Error(`${folder} was changed since the model was loaded; load it again`)
  const { methods, measures, target, evidence, limit } = job
  return evaluateModel(model, {
    methods,
    measures,
    target,
    evidence,
    limit: limit ?? undefined,
    onProgress: (done) => {
      tell({ done })
    },
  })
}
