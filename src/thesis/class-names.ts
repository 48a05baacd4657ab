import type { DatasetName } from './models/configuration.js'

/** FashionMNIST's classes as its authors name them (Xiao, Rasul and Vollgraf 2017). */
const fashion = [
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
] as const

/** What a class is called: the digit itself, or the garment. */
export const className = (dataset: DatasetName, label: number): string =>
  dataset === 'fashion-mnist-maj' ? (fashion[label] ?? String(label)) : String(label)
