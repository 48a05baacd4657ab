import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stringify } from 'safe-stable-stringify'
import { isInstalled, packageRoot, workingRoot } from '../../files/places.js'
import { hasCheckpoint } from '../../training/checkpoint.js'
import { referenceOf } from '../values/origin.js'
import { checkpointName, type ModelConfiguration } from './configuration.js'
import type { Plan } from './plan.js'
import { isRecipe, isShippedRecipe } from './recipes.js'

/** Where the checkpoints of the shipped recipes are. */
export const shippedCheckpoints = (): string => join(packageRoot(), 'data', 'checkpoints')

/** Where the checkpoints of all other plans are, and of an installed package whatever is trained anew. */
export const ownCheckpoints = (): string => join(workingRoot(), 'results', 'checkpoints')

/** Where checkpoints are looked for; what the user of an installed package trained anew comes before what is shipped. */
const checkpointParents = (): string[] =>
  isInstalled() ? [ownCheckpoints(), shippedCheckpoints()] : [shippedCheckpoints(), ownCheckpoints()]

/** The folder of a configuration's checkpoint; null where there is none. */
export function findCheckpoint(
  configuration: ModelConfiguration,
  parents: readonly string[] = checkpointParents(),
): string | null {
  const folders = parents.map((parent) => join(parent, checkpointName(configuration)))
  return folders.find(hasCheckpoint) ?? null
}

/**
 * Where the checkpoint of a plan is, or is to be made.
 *
 * @param parent where it is made. Default: `data/checkpoints` of the project for a shipped recipe, `results/checkpoints` for any
 *   other plan and outside the project
 * @param retrain whether it is made anew, which leaves an installed package as it is
 */
export function checkpointFolder(
  plan: Plan,
  configuration: ModelConfiguration,
  { parent, retrain = false }: { readonly parent?: string; readonly retrain?: boolean } = {},
): string {
  const shipped = isShippedRecipe(plan)
  const home = shipped && !isInstalled() ? shippedCheckpoints() : (parent ?? ownCheckpoints())
  const everywhere = parent === undefined || shipped ? undefined : [parent]
  const found = findCheckpoint(configuration, retrain && isInstalled() ? [home] : everywhere)
  return found ?? join(home, checkpointName(configuration))
}

/** Why there is no checkpoint of a plan, and how to make it. */
export function whyMissing(plan: Plan, configuration: ModelConfiguration): string {
  const { dataset, network } = configuration
  const reference = referenceOf(plan.architecture)
  const datasetReference = referenceOf(plan.dataset)
  const how = isInstalled()
    ? 'trainOnSubset'
    : isRecipe(plan) && reference !== null && datasetReference !== null
      ? `npm run train -- --dataset ${datasetReference} --network ${reference}${plan.labels === 'shuffled' ? ' --labels shuffled' : ''}`
      : 'trainOnSubset or trainWithProgress in the notebook that made it'
  const changed = outdated(configuration)
  return (
    `there is no checkpoint of ${network} on ${dataset} with this training` +
    `${changed === null ? '' : `; the one in ${relative(workingRoot(), changed.folder)} is of ${changed.what}`}; train it with ${how}`
  )
}

/** A checkpoint of the same training with other code or data, and in what it differs. */
function outdated(wanted: ModelConfiguration): { readonly folder: string; readonly what: string } | null {
  const prefix = `${wanted.dataset}-${wanted.network}-`
  for (const parent of [shippedCheckpoints(), ownCheckpoints()]) {
    for (const name of existsSync(parent) ? readdirSync(parent) : []) {
      const folder = join(parent, name)
      if (!name.startsWith(prefix) || !hasCheckpoint(folder)) continue
      const kept = keptConfiguration(folder)
      if (kept === null || stringify(choicesOf(kept)) !== stringify(choicesOf(wanted))) continue
      return { folder, what: differenceOf(kept, wanted) }
    }
  }
  return null
}

/** The configuration that a checkpoint's description holds, unchecked; null where it is damaged. */
export function keptConfiguration(folder: string): ModelConfiguration | null {
  try {
    const { configuration } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'))
    return typeof configuration === 'object' ? configuration : null
  } catch {
    return null
  }
}

/** What of a configuration its user chose: all but code and data. */
export function choicesOf({
  fingerprint: _f,
  data: _d,
  procedure: _p,
  start,
  ...chosen
}: ModelConfiguration): object {
  return start === undefined ? chosen : { ...chosen, start: choicesOf(start) }
}

function differenceOf(kept: ModelConfiguration, wanted: ModelConfiguration): string {
  if (kept.fingerprint !== wanted.fingerprint) return 'a network that computed something else'
  if (kept.data !== wanted.data) return 'other images'
  if (kept.procedure !== wanted.procedure) return 'an earlier training procedure'
  return 'a start that was another'
}
