import { architecture, architectures } from '../../architectures/index.js'
import type { TrainingOptions } from '../../training/options.js'
import {
  type DatasetName,
  datasetNames,
  type ModelConfiguration,
  type Problem,
  THESIS_PROBLEM,
} from './configuration.js'

const shared: TrainingOptions = {
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

/** A phase of a training: its options where they differ from the shared ones, and whether epochs draw fresh sequences. */
type Phase = Partial<TrainingOptions> & Partial<Pick<Problem, 'freshSequences'>>

/** The second half of a training: small steps over fresh sequences, with little dropout. */
const refinement = { batchSize: 50, keepProbability: 0.95, freshSequences: true }

/** What differs from one model to the next; the phases of a training follow one another, each from the best of the one before. */
const phases: Readonly<Record<DatasetName, Readonly<Record<string, readonly Phase[]>>>> = {
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

/** The configuration by which a shipped checkpoint was trained. */
export function recipe(dataset: DatasetName, network: string): ModelConfiguration {
  const { units } = architecture(network)
  const [first, ...later] = phases[dataset][network]!.map(
    ({ freshSequences = THESIS_PROBLEM.freshSequences, ...training }): ModelConfiguration => ({
      format: 1,
      dataset,
      problem: { ...THESIS_PROBLEM, freshSequences },
      network,
      units,
      training: { ...shared, ...training },
    }),
  )
  return later.reduce((start, phase) => ({ ...phase, start }), first!)
}

/** The ten models of the thesis: five networks on two datasets. */
export const recipes: readonly ModelConfiguration[] = datasetNames.flatMap((dataset) =>
  architectures.map(({ id }) => recipe(dataset, id)),
)
