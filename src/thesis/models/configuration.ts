import { architecture } from '../../architectures/index.js'
import type { Geometry, Units } from '../../network/geometry.js'
import type { Trainable } from '../../training/fit.js'
import type { TrainingOptions } from '../../training/options.js'

/** The two datasets of majority sequences. */
export const datasetNames = ['mnist-maj', 'fashion-mnist-maj'] as const
export type DatasetName = (typeof datasetNames)[number]

/** The numbers that define the majority problem. */
export interface Problem {
  readonly items: number
  readonly majority: number
  readonly classes: number
  readonly stepColumns: number
  /** Seeds the split and the sequences. */
  readonly seed: number
  /** Whether each epoch of training draws fresh sequences. */
  readonly freshSequences: boolean
}

/** The thesis's problem: three images, two of one class, read seven columns at a time. */
export const THESIS_PROBLEM: Problem = {
  items: 3,
  majority: 2,
  classes: 10,
  stepColumns: 7,
  seed: 1,
  freshSequences: false,
}

/** All that determines a trained network. */
export interface ModelConfiguration {
  readonly format: 1
  readonly dataset: DatasetName
  readonly problem: Problem
  readonly network: string
  readonly units: Units
  readonly training: TrainingOptions
  /** The configuration whose best parameters training starts from, instead of random ones. */
  readonly start?: ModelConfiguration
}

/** The geometry of images of 28×28 under a problem. */
export const geometryOf = ({ items, stepColumns, classes }: Problem): Geometry => ({
  rows: 28,
  stepColumns,
  steps: (items * 28) / stepColumns,
  classes,
})

/** The network of a configuration, ready for training and explaining. */
export function networkOf({ network, units, problem }: ModelConfiguration): Trainable {
  const geometry = geometryOf(problem)
  // The same sizes give the same object, to which compiled graphs belong.
  const key = JSON.stringify([network, geometry, Object.entries(units).sort()])
  const known = networks.get(key)
  if (known !== undefined) return known
  const { parameters, forward } = architecture(network)
  const made = { specs: parameters(geometry, units), forward: forward(geometry, units) }
  networks.set(key, made)
  return made
}

const networks = new Map<string, Trainable>()
