import { existsSync, readdirSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'safe-stable-stringify'
import { checkParameters } from '../../network/parameters.js'
import {
  type Checkpoint,
  hasCheckpoint,
  loadCheckpoint,
  readdressCheckpoint,
} from '../../training/checkpoint.js'
import { evaluateNetwork } from '../../training/fit.js'
import { layoutOf, toFlat } from '../../training/layout.js'
import { choicesOf, shippedCheckpoints } from './checkpoint-folders.js'
import { checkpointName, configurationOf, type ModelConfiguration } from './configuration.js'
import { fromFormat1 } from './format-1.js'
import { networkOf, type Plan } from './plan.js'
import { phasesOf, recipes } from './recipes.js'
import { sequencesOf } from './subset.js'

/** What became of a checkpoint's folder. */
export type Migration =
  | { readonly from: string; readonly to: string }
  | { readonly from: string; readonly kept: string }

/** By how much the accuracy may differ that another backend or processor gives with the same parameters. */
const TOLERANCE = 0.001

/**
 * Gives the checkpoints of the recipes in a folder the configuration and address of now, where their training was the same and
 * the network of now classifies the test sequences as well with them as their description says. The tensor files stay as they
 * are.
 *
 * @param folder Default: `data/checkpoints`
 * @param plans whose checkpoints are migrated. Default: the recipes and their phases
 * @param onProgress told how many of the folder's entries are done, before each
 */
export async function migrateCheckpoints(
  folder: string = shippedCheckpoints(),
  plans: readonly Plan[] = recipes.flatMap(phasesOf),
  onProgress: (done: number, of: number) => void = () => {},
): Promise<Migration[]> {
  const wanted = await Promise.all(
    plans.map(async (plan) => {
      const configuration = await configurationOf(plan)
      return { plan, configuration, choices: stringify(choicesOf(configuration)) }
    }),
  )
  const migrations: Migration[] = []
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  for (const [done, from] of names.entries()) {
    onProgress(done, names.length)
    if (!hasCheckpoint(join(folder, from))) continue
    const checkpoint = await loadCheckpoint(join(folder, from))
    const choices = stringify(choicesOf(fromFormat1(checkpoint.configuration)))
    const match = wanted.find((candidate) => candidate.choices === choices)
    if (match === undefined) {
      migrations.push({ from, kept: 'no recipe has its training' })
      continue
    }
    const to = checkpointName(match.configuration)
    const isCurrent = stringify(checkpoint.configuration) === stringify(match.configuration)
    if (isCurrent && from === to) migrations.push({ from, kept: 'it is as it should be' })
    else migrations.push(await migrate(folder, from, to, match, checkpoint))
  }
  return migrations
}

async function migrate(
  folder: string,
  from: string,
  to: string,
  { plan, configuration }: { readonly plan: Plan; readonly configuration: ModelConfiguration },
  checkpoint: Checkpoint,
): Promise<Migration> {
  if (from !== to && existsSync(join(folder, to))) return { from, kept: `${to} is there already` }
  const differs = await differenceOf(plan, checkpoint)
  if (differs !== null) return { from, kept: differs }
  // Found again by its training, whatever its folder is called, should the process die in between.
  await rename(join(folder, from), join(folder, to))
  await readdressCheckpoint(join(folder, to), { ...configuration })
  return { from, to }
}

/** In what the network of now does otherwise than a checkpoint says; null where it does the same. */
async function differenceOf(plan: Plan, { parameters, result }: Checkpoint): Promise<string | null> {
  const network = networkOf(plan)
  try {
    checkParameters(network.specs, parameters)
  } catch (error) {
    return `its network is another: ${error instanceof Error ? error.message : error}`
  }
  const { test } = await sequencesOf(plan)
  const { accuracy } = await evaluateNetwork(network, toFlat(layoutOf(network.specs), parameters), test)
  if (Math.abs(accuracy - result.testAccuracy) <= TOLERANCE) return null
  return `its network computes something else: its test accuracy was ${result.testAccuracy}, now it is ${accuracy}`
}
