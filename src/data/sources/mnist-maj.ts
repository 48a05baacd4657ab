import { type Dataset, shippedDataset } from '../dataset.js'
import { MNIST_MAJ } from '../shipped-datasets.js'
import { loadDataset } from './load-dataset.js'

/** Handwritten digits of 28×28 in ten classes; the images are kept in `data/mnist`. */
export const mnistMaj: Dataset = shippedDataset(MNIST_MAJ, (options) =>
  loadDataset('mnist', { log: options?.log }),
)
