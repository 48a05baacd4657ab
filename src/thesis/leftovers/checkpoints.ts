import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import { decodeSafetensors } from '../../files/safetensors.js'
import { hasCheckpoint } from '../../training/checkpoint.js'
import { TRAINING_VERSION } from '../../training/version.js'
import { keptConfiguration, ownCheckpoints, shippedCheckpoints } from '../models/checkpoint-folders.js'
import { checkpointName, configurationOf, type ModelConfiguration } from '../models/configuration.js'
import { fingerprintOf } from '../models/fingerprint.js'
import { phasesOf, recipes, shuffledRecipes } from '../models/recipes.js'
import { stateFileOf } from '../models/training-run.js'
import { type Catalogue, catalogue } from '../values/discover.js'
import { type Leftover, leftover, namesIn } from './leftover.js'

/** The values by which kept configurations are judged. */
export type Known = Pick<Catalogue, 'architectures' | 'datasets'>

/** The checkpoints, finished or not, that no plan leads to with the code and the data of now. */
export async function checkpointLeftovers(): Promise<Leftover[]> {
  return [...(await shippedLeftovers()), ...(await ownLeftovers())]
}

async function shippedLeftovers(): Promise<Leftover[]> {
  const wanted = new Set<string>()
  for (const plan of [...recipes.flatMap(phasesOf), ...shuffledRecipes])
    wanted.add(checkpointName(await configurationOf(plan)))
  const parent = shippedCheckpoints()
  return namesIn(parent)
    .filter((name) => !wanted.has(name))
    .map((name) => leftover(join(parent, name), 'no recipe leads to it', false))
}

async function ownLeftovers(): Promise<Leftover[]> {
  const known = await catalogue()
  const parent = ownCheckpoints()
  const found: Leftover[] = []
  for (const name of namesIn(parent)) {
    const why = await whyUnreachable(join(parent, name), name, known)
    if (why !== null) found.push(leftover(join(parent, name), why))
  }
  return found
}

async function whyUnreachable(folder: string, name: string, known: Known): Promise<string | null> {
  const configuration = await configurationIn(folder)
  if (configuration === null) return 'it holds no description of its training'
  const why = await whyOutdated(configuration, known)
  if (why !== null) return why
  return name === checkpointName(configuration) ? null : 'its name is not its address'
}

/** The configuration of a finished or an interrupted training; null where there is neither. */
async function configurationIn(folder: string): Promise<ModelConfiguration | null> {
  if (hasCheckpoint(folder)) return keptConfiguration(folder)
  const state = stateFileOf(folder)
  if (!existsSync(state)) return null
  try {
    return JSON.parse(decodeSafetensors(await readFile(state), state).metadata.configuration ?? 'null')
  } catch {
    return null
  }
}

/** Why no plan has a configuration any longer; null where one may have it, such as one of a network from a cell or a file. */
export async function whyOutdated(kept: ModelConfiguration, known: Known): Promise<string | null> {
  if (kept.format !== 2) return 'its format is an earlier one'
  if (kept.procedure !== TRAINING_VERSION) return 'its training procedure is an earlier one'
  const dataset = known.datasets.find(({ id }) => id === kept.dataset)
  if (dataset && (await dataset.checksum()) !== kept.data)
    return `the images of ${kept.dataset} are others by now`
  const architecture = known.architectures.find(({ id }) => id === kept.network)
  if (architecture && dataset && !computesTheSame(kept, architecture, dataset))
    return `${kept.network} computes something else by now`
  return kept.start ? whyOutdated(kept.start, known) : null
}

function computesTheSame(
  { problem, units, fingerprint }: ModelConfiguration,
  architecture: Architecture,
  dataset: Dataset,
): boolean {
  try {
    return fingerprintOf({ architecture, dataset, problem, units }) === fingerprint
  } catch {
    // It cannot even be made with these units.
    return false
  }
}
