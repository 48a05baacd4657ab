import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type EvaluationKey, keyOf } from '../evaluation/evaluation-address.js'
import { evaluationFolder, keptFile } from '../evaluation/kept-scores.js'
import { keptConfiguration, ownCheckpoints, shippedCheckpoints } from '../models/checkpoint-folders.js'
import { type ModelConfiguration, modelAddress } from '../models/configuration.js'
import type { Model } from '../models/model-value.js'
import { planOfConfiguration } from '../models/plan-of.js'
import { readModel } from '../models/training-run.js'
import { type Catalogue, catalogue } from '../values/discover.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { whyOutdated } from './checkpoints.js'
import { type Leftover, leftover, namesIn } from './leftover.js'

/** The kept evaluations whose model, images, method, measure or code is another by now. */
export async function evaluationLeftovers(): Promise<Leftover[]> {
  const known = await catalogue()
  const models = new Map<string, Promise<Model | string>>()
  const found: Leftover[] = []
  for (const name of namesIn(evaluationFolder())) {
    const file = join(evaluationFolder(), name)
    const key = keyIn(file)
    const why = key === null ? 'it is no evaluation' : await whyUnreachable(name, key, known, models)
    if (why !== null) found.push(leftover(file, why))
  }
  return found
}

function keyIn(file: string): EvaluationKey | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).key ?? null
  } catch {
    return null
  }
}

async function whyUnreachable(
  name: string,
  key: EvaluationKey,
  known: Catalogue,
  models: Map<string, Promise<Model | string>>,
): Promise<string | null> {
  const pending = models.get(key.model) ?? modelOf(key.model, known)
  models.set(key.model, pending)
  const model = await pending
  if (typeof model === 'string') return model
  try {
    const method = await methodOf(key.method.reference)
    const measure = await measureOf(key.measure.reference)
    const now = await keyOf(model, method, measure, key.limit ?? undefined)
    if (now !== null && basename(keptFile(now.key)) === name) return null
    return 'its method, its measure or the code between is another by now'
  } catch {
    return 'its method or measure is nowhere'
  }
}

/** The kept model of an address, or why there is none. */
async function modelOf(address: string, known: Catalogue): Promise<Model | string> {
  for (const parent of [shippedCheckpoints(), ownCheckpoints()]) {
    const name = namesIn(parent).find((candidate) => candidate.endsWith(`-${address}`))
    const configuration = name === undefined ? null : keptConfiguration(join(parent, name))
    if (name === undefined || configuration === null || modelAddress(configuration) !== address) continue
    const why = await whyOutdated(configuration, known)
    return why === null ? readKept(join(parent, name), configuration, known) : `of its model ${why}`
  }
  return 'its model is nowhere'
}

async function readKept(
  folder: string,
  configuration: ModelConfiguration,
  { architectures, datasets }: Catalogue,
): Promise<Model | string> {
  const architecture = architectures.find(({ id }) => id === configuration.network)
  const dataset = datasets.find(({ id }) => id === configuration.dataset)
  if (architecture === undefined || dataset === undefined)
    return 'its model is of a network or dataset that is nowhere'
  const plan = planOfConfiguration(configuration, { architecture, dataset })
  return readModel(folder, configuration, plan).catch(() => 'its model is damaged')
}
