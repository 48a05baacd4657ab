import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import type { Units } from '../../network/geometry.js'
import type { Trainable } from '../../training/fit.js'
import type { TrainingOptions } from '../../training/options.js'
import { geometryOf, type Problem } from './problem.js'

/** All that determines a trained network, as values. */
export interface Plan {
  readonly architecture: Architecture
  readonly dataset: Dataset
  readonly problem: Problem
  /** Neurons of each layer. */
  readonly units: Units
  readonly training: TrainingOptions
  /** How many training sequences take part. Default: all. */
  readonly sequences?: number
  /** What the training sequences are labelled with: their own labels, or these in random order, a control. Default: their own. */
  readonly labels?: 'shuffled'
  /** The plan whose best parameters the training starts from. Default: random ones. */
  readonly start?: Plan
}

/** What of a plan or a model its network depends on. */
export type NetworkPlan = Pick<Plan, 'architecture' | 'dataset' | 'problem' | 'units'>

/** What of a model its network depends on. */
export interface NetworkModel extends Pick<Plan, 'architecture' | 'dataset'> {
  readonly configuration: Pick<Plan, 'problem' | 'units'>
}

/** The network of a plan or a model, ready for training and explaining; the same one for the same sizes. */
export function networkOf(of: NetworkPlan | NetworkModel): Trainable {
  const { architecture, dataset } = of
  const { problem, units } = 'configuration' in of ? of.configuration : of
  const geometry = geometryOf(problem, dataset)
  const known = networks.get(architecture) ?? new Map<string, Trainable>()
  networks.set(architecture, known)
  const key = JSON.stringify([geometry, Object.entries(units).sort()])
  const found = known.get(key)
  if (found !== undefined) return found
  const made = {
    specs: architecture.parameters(geometry, units),
    forward: architecture.forward(geometry, units),
  }
  known.set(key, made)
  return made
}

// Compiled graphs belong to a network's `forward`, and go with its architecture.
const networks = new WeakMap<Architecture, Map<string, Trainable>>()
