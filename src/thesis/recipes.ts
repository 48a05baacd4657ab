import { architecture, architectures } from '../architectures/index.js'
import type { TrainingOptions } from '../training/options.js'
import { type DatasetName, datasetNames, type ModelConfiguration, THESIS_PROBLEM } from './configuration.js'

const shared: TrainingOptions = {
  epochs: 10,
  batchSize: 100,
  learningRate: 1e-3,
  schedule: 'cosine',
  keep: 0.9,
  dropout: 'ordinary',
  patience: null,
  seed: 1,
}

/** An epoch with convolutions costs many times one without; small batches and little dropout take few of them. */
const convolutional = { batchSize: 50, keep: 0.95 }

/** What differs from one model to the next; the phases of a training follow one another, each from the best of the one before. */
const phases: Readonly<Record<DatasetName, Readonly<Record<string, readonly Partial<TrainingOptions>[]>>>> = {
  'mnist-maj': {
    shallow: [{ epochs: 30, keep: 0.8 }],
    deep: [{ epochs: 12, keep: 0.95 }],
    convdeep: [{ ...convolutional, epochs: 3 }],
    'r-lstm': [{ epochs: 10 }],
    'conv-r-lstm': [{ ...convolutional, epochs: 3, keep: 0.8 }],
  },
  'fashion-mnist-maj': {
    shallow: [{ epochs: 3 }],
    deep: [{ epochs: 3, keep: 0.95 }],
    convdeep: [{ ...convolutional, epochs: 1 }],
    'r-lstm': [{ epochs: 3, keep: 0.95 }],
    'conv-r-lstm': [{ ...convolutional, epochs: 1 }],
  },
}

/** The configuration by which a shipped checkpoint was trained. */
export function recipe(dataset: DatasetName, network: string): ModelConfiguration {
  const { units } = architecture(network)
  const common = { format: 1, dataset, problem: THESIS_PROBLEM, network, units } as const
  const trainings = phases[dataset][network]!.map((phase) => ({ ...shared, ...phase }))
  const [first, ...later] = trainings.map((training): ModelConfiguration => ({ ...common, training }))
  return later.reduce((start, phase) => ({ ...phase, start }), first!)
}

/** The ten models of the thesis: five networks on two datasets. */
export const recipes: readonly ModelConfiguration[] = datasetNames.flatMap((dataset) =>
  architectures.map(({ name }) => recipe(dataset, name)),
)
