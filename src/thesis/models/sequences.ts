import type { LabelledDataset } from '../../data/labelled-images.js'
import { loadDataset } from '../../data/sources/load-dataset.js'
import { type MajoritySplits, majoritySplits } from '../../data/splits.js'
import type { DatasetName, Problem } from './configuration.js'

const images = { 'mnist-maj': 'mnist', 'fashion-mnist-maj': 'fashion-mnist' } as const
const loaded = new Map<DatasetName, Promise<LabelledDataset>>()

/** The train, validation and test sequences of a dataset under a problem; the images are read once per process. */
export async function sequencesOf(dataset: DatasetName, problem: Problem): Promise<MajoritySplits> {
  const known = loaded.get(dataset) ?? loadDataset(images[dataset])
  loaded.set(dataset, known)
  return majoritySplits(await known, problem)
}
