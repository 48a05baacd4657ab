import type { Units } from '../../network/geometry.js'
import { addressOf } from '../../training/checkpoint.js'
import type { TrainingOptions } from '../../training/options.js'
import { TRAINING_VERSION } from '../../training/version.js'
import { fingerprintOf } from './fingerprint.js'
import type { Plan } from './plan.js'
import type { Problem } from './problem.js'

/** All that determines a trained network, as plain JSON; its digest is the model's address. */
export interface ModelConfiguration {
  readonly format: 2
  /** The dataset's id. */
  readonly dataset: string
  readonly problem: Problem
  /** The architecture's id. */
  readonly network: string
  readonly units: Units
  readonly training: TrainingOptions
  /** How many training sequences took part. Default: all. */
  readonly sequences?: number
  /** What the training sequences were labelled with. Default: their own labels. */
  readonly labels?: 'shuffled'
  /** The configuration whose best parameters training started from. Default: random ones. */
  readonly start?: ModelConfiguration
  /** The digest of the network's computation. */
  readonly fingerprint: string
  /** The checksum of the dataset's images and labels. */
  readonly data: string
  /** The version of the training procedure; see `TRAINING_VERSION`. */
  readonly procedure: number
}

/** What a plan comes to with the code and the data of now; reads the images of a dataset whose checksum is not known. */
export async function configurationOf(plan: Plan): Promise<ModelConfiguration> {
  const { architecture, dataset, problem, units, training, sequences, labels, start } = plan
  return {
    format: 2,
    dataset: dataset.id,
    problem,
    network: architecture.id,
    units,
    training,
    ...(sequences === undefined ? {} : { sequences }),
    ...(labels === undefined ? {} : { labels }),
    ...(start === undefined ? {} : { start: await configurationOf(start) }),
    fingerprint: fingerprintOf(plan),
    data: await dataset.checksum(),
    procedure: TRAINING_VERSION,
  }
}

/** The address of a model: the first 12 digits of the SHA-256 of its configuration's canonical JSON. */
export const modelAddress = (configuration: ModelConfiguration): string => addressOf({ ...configuration })

/** The name of the folder of a model's checkpoint. */
export const checkpointName = (configuration: ModelConfiguration): string =>
  `${configuration.dataset}-${configuration.network}-${modelAddress(configuration)}`
