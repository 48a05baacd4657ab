import { stringify } from 'safe-stable-stringify'
import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import type { TrainingOptions } from '../../training/options.js'
import { shippedValues } from '../values/shipped.js'
import { architectureOf, datasetOf, knownValue } from '../values/value-of.js'
import type { Plan } from './plan.js'
import { type Problem, problemOf } from './problem.js'

/** The training of a network that has no recipe of its own. */
export const DEFAULT_TRAINING: TrainingOptions = {
  epochs: 10,
  batchSize: 100,
  learningRate: 1e-3,
  schedule: 'cosine',
  keepProbability: 0.9,
  dropout: 'perStep',
  patience: null,
  seed: 1,
}

/** An epoch with convolutions costs many times one without; small batches and little dropout take few of them. */
const convolutional = { batchSize: 50, keepProbability: 0.95 }

/** A phase of a training: its options where they differ from the default ones, and whether epochs draw fresh sequences. */
type Phase = Partial<TrainingOptions> & Partial<Pick<Problem, 'freshSequences'>>

/** The second half of a training: small steps over fresh sequences, with little dropout. */
const refinement = { batchSize: 50, keepProbability: 0.95, freshSequences: true }

/** What differs from one model to the next; the phases of a training follow one another, each from the best of the one before. */
const phases: Readonly<Record<string, Readonly<Record<string, readonly Phase[]>>>> = {
  'mnist-maj': {
    shallow: [
      { epochs: 30, keepProbability: 0.8 },
      { ...refinement, epochs: 8 },
    ],
    deep: [
      { epochs: 12, keepProbability: 0.95 },
      { ...refinement, epochs: 8 },
    ],
    convdeep: [
      { ...convolutional, epochs: 3 },
      { ...refinement, epochs: 6 },
    ],
    'r-lstm': [{ epochs: 10 }, { ...refinement, epochs: 6 }],
    'conv-r-lstm': [
      { ...convolutional, epochs: 3, keepProbability: 0.8 },
      { ...refinement, epochs: 4 },
    ],
  },
  'fashion-mnist-maj': {
    shallow: [{ epochs: 3 }, { ...refinement, epochs: 12 }],
    deep: [
      { epochs: 3, keepProbability: 0.95 },
      { ...refinement, epochs: 12 },
    ],
    convdeep: [
      { ...convolutional, epochs: 1 },
      { ...refinement, epochs: 8 },
    ],
    'r-lstm': [
      { epochs: 3, keepProbability: 0.95 },
      { ...refinement, epochs: 8 },
    ],
    'conv-r-lstm': [
      { ...convolutional, epochs: 1 },
      { ...refinement, epochs: 6 },
    ],
  },
}

/**
 * By what a network is trained on a dataset: the recipe of a shipped checkpoint, or the default one on the thesis's problem.
 *
 * @param dataset a value or the id of a shipped one
 * @param network a value or the id of a shipped one
 * @throws Error listing the ids there are
 * @example
 * const plan = recipe('mnist-maj', 'r-lstm') // by which the shipped checkpoint was trained
 * plan.training.epochs
 */
export function recipe(dataset: string | Dataset, network: string | Architecture): Plan {
  const images = knownValue('dataset', dataset)
  const architecture = knownValue('architecture', network)
  const [first, ...later] = recipePhases(images, architecture).map(
    ({ freshSequences, ...training }): Plan => ({
      architecture,
      dataset: images,
      problem: problemOf(images, { freshSequences }),
      units: architecture.units,
      training: { ...DEFAULT_TRAINING, ...training },
    }),
  )
  return later.reduce((start, phase) => ({ ...phase, start }), first!)
}

/** As `recipe`, also of what is found without being shipped, or of files; see `architectureOf`. */
export const recipeOf = async (dataset: string | Dataset, network: string | Architecture): Promise<Plan> =>
  recipe(await datasetOf(dataset), await architectureOf(network))

/** Recipes belong to the shipped values, not to others of the same id. */
function recipePhases(dataset: Dataset, architecture: Architecture): readonly Phase[] {
  const areShipped =
    shippedValues('dataset').includes(dataset) && shippedValues('architecture').includes(architecture)
  return (areShipped ? phases[dataset.id]?.[architecture.id] : undefined) ?? [{}]
}

/** The ten models of the thesis: five networks on two datasets. */
export const recipes: readonly Plan[] = Object.entries(phases).flatMap(([dataset, networks]) =>
  Object.keys(networks).map((network) => recipe(dataset, network)),
)

/**
 * The training of a control: labels that only memory can fit take many passes, without dropout, which would hinder it. Dense networks and the
 * LSTM types come to know 99 % of them, ConvDeep 58 to 77 %.
 */
const CONTROL: Pick<Plan, 'sequences' | 'labels'> & { readonly training: Partial<TrainingOptions> } = {
  sequences: 2000,
  labels: 'shuffled',
  training: { epochs: 80, batchSize: 50, keepProbability: 1 },
}

/**
 * By what a network is trained on shuffled labels, as a control for its explanations: the same network, which has learnt
 * sequences by heart and nothing of their classes (Adebayo et al. 2018, Section 4).
 *
 * @param dataset as `recipe` takes it
 * @param network as `recipe` takes it
 * @example
 * const plan = shuffledRecipe('mnist-maj', 'deep') // by which the shipped control was trained
 * plan.labels // 'shuffled'
 */
export function shuffledRecipe(dataset: string | Dataset, network: string | Architecture): Plan {
  const images = knownValue('dataset', dataset)
  const architecture = knownValue('architecture', network)
  const { training, ...rest } = CONTROL
  return {
    architecture,
    dataset: images,
    problem: problemOf(images, {}),
    units: architecture.units,
    training: { ...DEFAULT_TRAINING, ...training },
    ...rest,
  }
}

/** The ten controls that are shipped: the thesis's networks, trained on shuffled labels. */
export const shuffledRecipes: readonly Plan[] = recipes.map(({ dataset, architecture }) =>
  shuffledRecipe(dataset, architecture),
)

/** The phases of a training, first to last; each starts from the best of the one before. */
export const phasesOf = (plan: Plan): Plan[] => [...(plan.start ? phasesOf(plan.start) : []), plan]

/** Whether a plan is the recipe of a shipped checkpoint, a control's too, or a phase of one. */
export const isShippedRecipe = (plan: Plan): boolean =>
  [...recipes, ...shuffledRecipes].some((known) => phasesOf(known).some((phase) => isSame(phase, plan)))

/** Whether `npm run train` of a plan's network and dataset makes it without further options, or with shuffled labels alone. */
export const isRecipe = (plan: Plan): boolean =>
  [
    ...phasesOf(recipe(plan.dataset, plan.architecture)),
    shuffledRecipe(plan.dataset, plan.architecture),
  ].some((phase) => isSame(phase, plan))

function isSame(a: Plan, b: Plan): boolean {
  if (a.architecture !== b.architecture || a.dataset !== b.dataset) return false
  const { start: startA, architecture: _a, dataset: _d, ...restA } = a
  const { start: startB, architecture: _b, dataset: _e, ...restB } = b
  if (stringify(restA) !== stringify(restB)) return false
  return startA === undefined || startB === undefined ? startA === startB : isSame(startA, startB)
}
