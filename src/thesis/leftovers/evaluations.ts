import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { loadCheckpoint } from '../../training/checkpoint.js'
import {
  type Codes,
  codesNow,
  type EvaluatedModel,
  type EvaluationKey,
  keyOf,
} from '../evaluation/evaluation-address.js'
import { evaluationFolder, keptFile } from '../evaluation/kept-scores.js'
import { keptConfiguration, ownCheckpoints, shippedCheckpoints } from '../models/checkpoint-folders.js'
import { type ModelConfiguration, modelAddress } from '../models/configuration.js'
import { parametersDigest } from '../models/parameters-digest.js'
import { recipes } from '../models/recipes.js'
import { CONTROL_GAIN, untrainedModel } from '../models/untrained.js'
import { type Catalogue, catalogue } from '../values/discover.js'
import { measureOf, methodOf } from '../values/value-of.js'
import { whyOutdated } from './checkpoints.js'
import { type Leftover, leftover, namesIn } from './leftover.js'

/** The kept evaluations whose model, images, method, measure or code is another by now. */
export async function evaluationLeftovers(): Promise<Leftover[]> {
  const known = await catalogue()
  const models = new Map<string, Promise<EvaluatedModel | string>>()
  const codes = codesNow()
  const found: Leftover[] = []
  for (const name of namesIn(evaluationFolder())) {
    const file = join(evaluationFolder(), name)
    const key = keyIn(file)
    const why = key === null ? 'it is no evaluation' : await whyUnreachable(name, key, known, models, codes)
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
  models: Map<string, Promise<EvaluatedModel | string>>,
  codes: Codes,
): Promise<string | null> {
  const which = `${key.model} ${key.parameters}`
  const pending = models.get(which) ?? modelOf(key, known)
  models.set(which, pending)
  const model = await pending
  if (typeof model === 'string') return model
  try {
    const method = await methodOf(key.method.reference)
    const measure = await measureOf(key.measure.reference)
    const what = { limit: key.limit ?? undefined, target: key.target, evidence: key.evidence }
    const now = await keyOf(model, method, measure, what, codes)
    if (now !== null && basename(keptFile(now.key)) === name) return null
    return 'its method, its measure or the code between is another by now'
  } catch {
    return 'its method or measure is nowhere'
  }
}

/** The kept model of an address, or the untrained one of a recipe, or why there is none. */
async function modelOf(
  { model: address, parameters }: EvaluationKey,
  known: Catalogue,
): Promise<EvaluatedModel | string> {
  for (const parent of [shippedCheckpoints(), ownCheckpoints()]) {
    const name = namesIn(parent).find((candidate) => candidate.endsWith(`-${address}`))
    const configuration = name === undefined ? null : keptConfiguration(join(parent, name))
    if (name === undefined || configuration === null || modelAddress(configuration) !== address) continue
    const why = await whyOutdated(configuration, known)
    return why === null ? readKept(join(parent, name), configuration) : `of its model ${why}`
  }
  for (const plan of recipes)
    for (const gain of [1, CONTROL_GAIN]) {
      const untrained = await untrainedModel(plan, { gain })
      const isIt = modelAddress(untrained.configuration) === address
      if (isIt && parametersDigest(untrained.parameters) === parameters) return untrained
    }
  return 'its model is nowhere'
}

/** What scores depend on, of a checkpoint whose network and images are those of its configuration or are somewhere else. */
const readKept = (folder: string, configuration: ModelConfiguration): Promise<EvaluatedModel | string> =>
  loadCheckpoint(folder).then(
    ({ parameters }) => ({
      configuration,
      parameters,
      dataset: { checksum: async () => configuration.data },
    }),
    () => 'its model is damaged',
  )
