import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import { checkSubset, subsetOfSplits } from '../../data/subset.js'
import { checkSizes, type Units } from '../../network/geometry.js'
import { checkTraining, type TrainingOptions } from '../../training/options.js'
import { didYouMean } from '../../values/nearest-name.js'
import { architectureOf, datasetOf } from '../values/value-of.js'
import { majority } from './majority.js'
import { networkOf, type Plan } from './plan.js'
import { type Problem, problemOf } from './problem.js'
import { DEFAULT_TRAINING } from './recipes.js'

/** What a training is made of, as a notebook's parameters or a command line describe it. */
export interface ExperimentParameters
  extends Partial<Omit<TrainingOptions, 'patience'>>,
    Partial<Omit<Problem, 'seed'>> {
  /** A network, the id of one or its file; see `architectureOf`. */
  readonly network: string | Architecture
  /** A dataset, the id of one or its file; see `datasetOf`. */
  readonly dataset: string | Dataset
  /** How many training sequences take part. Default: all. */
  readonly sequences?: number
  /** What the training sequences are labelled with; `shuffled` is a control. Default: their own labels. */
  readonly labels?: 'own' | 'shuffled'
  /** Neurons of some layers. Default: the network's own. */
  readonly units?: Readonly<Record<string, number | undefined>>
  /** Stop after so many epochs without a better validation. Default: 0, which never stops early. */
  readonly patience?: number
}

type Names<T> = { readonly [K in keyof T]-?: true }

const TRAINING: Names<TrainingOptions> = {
  epochs: true,
  batchSize: true,
  learningRate: true,
  schedule: true,
  keepProbability: true,
  dropout: true,
  patience: true,
  seed: true,
}
const PROBLEM: Names<Omit<Problem, 'seed'>> = {
  items: true,
  majority: true,
  classes: true,
  stepColumns: true,
  scan: true,
  freshSequences: true,
  fold: true,
}
const OWN: Names<Pick<ExperimentParameters, 'network' | 'dataset' | 'sequences' | 'labels' | 'units'>> = {
  network: true,
  dataset: true,
  sequences: true,
  labels: true,
  units: true,
}

/**
 * The plan of some parameters; what they leave open is as in the default recipe and the thesis's problem. The seed is that of
 * the training; the sequences have the thesis's.
 *
 * @throws Error or RangeError naming the parameter that is unknown or out of range, and what is allowed
 * @example
 * const plan = await experiment({ network: 'r-lstm', dataset: 'mnist-maj', items: 5, majority: 3, sequences: 2000, epochs: 2 })
 * const model = await trainOnSubset(plan)
 */
export async function experiment(parameters: ExperimentParameters): Promise<Plan> {
  checkNames(parameters)
  const architecture = await architectureOf(parameters.network)
  const dataset = await datasetOf(parameters.dataset)
  const { patience = 0, units, sequences, labels = 'own' } = parameters
  if (labels !== 'own' && labels !== 'shuffled')
    throw new RangeError(`labels is '${labels}'; allowed are own and shuffled`)
  const training: TrainingOptions = {
    ...DEFAULT_TRAINING,
    ...pick(parameters, TRAINING),
    patience: patience === 0 ? null : patience,
  }
  checkTraining(training)
  const plan: Plan = {
    architecture,
    dataset,
    problem: problemOf(dataset, pick(parameters, PROBLEM)),
    units: unitsOf(architecture, units),
    training,
    ...(labels === 'shuffled' ? { labels } : {}),
  }
  if (labels === 'shuffled' && plan.problem.freshSequences)
    throw new RangeError('labels cannot be shuffled where each epoch draws fresh sequences')
  networkOf(plan)
  if (sequences === undefined) return plan
  checkSubset(sequences, plan.problem)
  const all = await majority(dataset, plan.problem)
  if (sequences >= all.train.count) return plan
  subsetOfSplits(all, sequences)
  return { ...plan, sequences }
}

/**
 * The names that a training's parameters may have.
 *
 * @example
 * experimentNames.includes('keepProbability') // true, so that checkParameters(parameters, rules, { names: experimentNames }) knows it
 */
export const experimentNames: readonly string[] = Object.keys({ ...OWN, ...PROBLEM, ...TRAINING })

function checkNames(parameters: ExperimentParameters): void {
  const unknown = Object.keys(parameters).filter((name) => !experimentNames.includes(name))
  if (unknown.length > 0)
    throw new Error(
      `parameter ${unknown.join(', ')} is unknown; there are ${experimentNames.join(', ')}${didYouMean(unknown[0]!, experimentNames)}`,
    )
  for (const name of ['network', 'dataset'] as const)
    if (parameters[name] === undefined) throw new Error(`parameter ${name} is missing`)
}

/** The named parameters that are given. */
function pick<T extends object, K extends keyof T>(
  from: T,
  names: { readonly [N in K]: true },
): Partial<Pick<T, K>> {
  const given = Object.entries(from).filter(([name, value]) => name in names && value !== undefined)
  return Object.fromEntries(given) as Partial<Pick<T, K>>
}

function unitsOf({ id, units }: Architecture, changes: ExperimentParameters['units'] = {}): Units {
  const said = Object.entries(changes).filter((one): one is [string, number] => one[1] !== undefined)
  const all = { ...units, ...Object.fromEntries(said) }
  checkSizes(`${id}.units`, Object.keys(units), all)
  return all
}
