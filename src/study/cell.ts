import {
  checkpointName,
  configurationOf,
  type ModelConfiguration,
  modelAddress,
} from '../thesis/models/configuration.js'
import type { Plan } from '../thesis/models/plan.js'
import { problemOf } from '../thesis/models/problem.js'
import { architectureOf, datasetOf } from '../thesis/values/value-of.js'
import { type CellChoice, choicesOf, type Design } from './design.js'
import { studyTraining } from './study-training.js'
import { type Variant, variantOf } from './variants.js'

/** One network of a study that is trained and explained: an independent piece of work with one result. */
export interface Cell {
  /** The name of its result, e.g. `mnist-maj-deep-own-s1-0123456789ab`: what it is, and the address of its network. */
  readonly id: string
  readonly choice: CellChoice
  readonly variant: Variant
  readonly plan: Plan
  readonly configuration: ModelConfiguration
  /** The folder of its checkpoint, without those above; null where nothing is trained. */
  readonly checkpoint: string | null
}

/**
 * The cell of a choice; null where the variant is not for the network.
 *
 * @throws Error naming what is unknown, or does not fit
 */
export async function cellOf(choice: CellChoice): Promise<Cell | null> {
  const architecture = await architectureOf(choice.network)
  const dataset = await datasetOf(choice.dataset)
  const variant = variantOf(choice.variant)
  if (variant.isFor?.(architecture) === false) return null
  const { seed, fold } = choice
  const isTrained = variant.untrainedGain === undefined
  const training = { ...studyTraining(dataset.id, architecture.id, seed), ...variant.training }
  const plan: Plan = {
    architecture,
    dataset,
    problem: problemOf(dataset, { seed, freshSequences: true, ...(fold && { fold }), ...variant.problem }),
    units: { ...architecture.units, ...variant.units },
    training: isTrained ? training : { ...training, epochs: 0 },
    ...variant.plan,
  }
  const configuration = await configurationOf(plan)
  const place = fold === undefined ? '' : `-f${fold.index + 1}of${fold.of}`
  const name = `${dataset.id}-${architecture.id}-${variant.id}-s${seed}${place}`
  return {
    id: `${name}-${modelAddress(configuration)}`,
    choice,
    variant,
    plan,
    configuration,
    checkpoint: isTrained ? checkpointName(configuration) : null,
  }
}

/** All cells of a design, in the order in which they are worth computing. */
export async function cellsOf(design: Design): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const choice of choicesOf(design)) {
    const cell = await cellOf(choice)
    if (cell !== null) cells.push(cell)
  }
  return cells
}
