import { type Dataset, shippedDataset } from '../dataset.js'
import { FASHION_MNIST_MAJ } from '../shipped-datasets.js'
import { loadDataset } from './load-dataset.js'

/** Clothes of 28×28 in ten classes; the images are kept in `data/fashion-mnist`. */
export const fashionMnistMaj: Dataset = shippedDataset(FASHION_MNIST_MAJ, (options) =>
  loadDataset('fashion-mnist', { log: options?.log }),
)
