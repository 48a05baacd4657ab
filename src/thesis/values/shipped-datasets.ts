import { type Dataset, shippedDataset } from '../../data/dataset.js'
import { FASHION_MNIST_MAJ, MNIST_MAJ } from '../../data/shipped-datasets.js'
import { loadDataset } from '../../data/sources/load-dataset.js'

/** The thesis's two datasets. */
export const datasets: readonly Dataset[] = [
  shippedDataset(MNIST_MAJ, (options) => loadDataset('mnist', options)),
  shippedDataset(FASHION_MNIST_MAJ, (options) => loadDataset('fashion-mnist', options)),
]
