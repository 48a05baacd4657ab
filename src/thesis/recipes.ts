import { architecture, architectures } from '../architectures/index.js'
import type { TrainingOptions } from '../training/options.js'
import { type DatasetName, datasetNames, type ModelConfiguration, THESIS_PROBLEM } from './configuration.js'

type Chosen = Pick<TrainingOptions, 'batchSize' | 'keep'> & {
  readonly epochs: Readonly<Record<DatasetName, number>>
}

/** What differs from one network to the next: an epoch with convolutions costs many times one without, and small batches take fewer epochs. */
const chosen: Readonly<Record<string, Chosen>> = {
  shallow: { batchSize: 100, keep: 0.8, epochs: { 'mnist-maj': 30, 'fashion-mnist-maj': 8 } },
  deep: { batchSize: 100, keep: 0.9, epochs: { 'mnist-maj': 12, 'fashion-mnist-maj': 7 } },
  convdeep: { batchSize: 50, keep: 0.9, epochs: { 'mnist-maj': 3, 'fashion-mnist-maj': 3 } },
  'r-lstm': { batchSize: 100, keep: 0.8, epochs: { 'mnist-maj': 10, 'fashion-mnist-maj': 7 } },
  'conv-r-lstm': { batchSize: 50, keep: 0.8, epochs: { 'mnist-maj': 3, 'fashion-mnist-maj': 3 } },
}

/** The configuration by which a shipped checkpoint was trained. */
export function recipe(dataset: DatasetName, network: string): ModelConfiguration {
  const { units } = architecture(network)
  const { batchSize, keep, epochs } = chosen[network]!
  const training: TrainingOptions = {
    epochs: epochs[dataset],
    batchSize,
    learningRate: 1e-3,
    schedule: 'cosine',
    keep,
    dropout: 'ordinary',
    patience: null,
    seed: 1,
  }
  return { format: 1, dataset, problem: THESIS_PROBLEM, network, units, training }
}

/** The ten models of the thesis: five networks on two datasets. */
export const recipes: readonly ModelConfiguration[] = datasetNames.flatMap((dataset) =>
  architectures.map(({ name }) => recipe(dataset, name)),
)
