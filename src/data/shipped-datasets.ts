/** What is known of a shipped dataset before its images are read. */
export interface ShippedDataset {
  readonly id: string
  readonly title: string
  readonly classes: readonly string[]
  readonly rows: number
  readonly columns: number
  /** `imagesChecksum` of the original files. */
  readonly checksum: string
}

/** Handwritten digits (LeCun, Cortes and Burges 1998). */
export const MNIST_MAJ: ShippedDataset = {
  id: 'mnist-maj',
  title: 'MNIST-MAJ',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  rows: 28,
  columns: 28,
  checksum: '19d717dc369a153fc6f930bb37f42e9260ced5cd025907adda46faf7303e71e3',
}

/** Clothes, with the classes as their authors name them (Xiao, Rasul and Vollgraf 2017). */
export const FASHION_MNIST_MAJ: ShippedDataset = {
  id: 'fashion-mnist-maj',
  title: 'FashionMNIST-MAJ',
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  rows: 28,
  columns: 28,
  checksum: '2699bf578b2cdcd225d722e8795334310650b6aab569aaf639a4957cdac6ce3b',
}
