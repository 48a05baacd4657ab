import type { Dataset } from '../../data/dataset.js'
import type { LabelledDataset } from '../../data/labelled-images.js'
import { type MajoritySplits, majoritySplits } from '../../data/splits.js'
import { datasetOf } from '../values/value-of.js'
import { type Problem, problemOf } from './problem.js'

const loaded = new WeakMap<Dataset, Promise<LabelledDataset>>()

/** The images of a dataset, which are read once per process. */
export function imagesOf(dataset: Dataset): Promise<LabelledDataset> {
  const known = loaded.get(dataset)
  if (known !== undefined) return known
  const images = dataset.load()
  loaded.set(dataset, images)
  // What could not be read may be there the next time.
  images.catch(() => loaded.delete(dataset))
  return images
}

/**
 * The majority problem of a dataset: its train, validation and test sequences.
 *
 * @param dataset a value, the id of one that is shipped or found, or a file, as `datasetOf` takes it
 * @param problem what differs from the thesis's problem on this dataset
 * @throws RangeError naming the number that is out of range
 * @example const { test } = await majority('mnist-maj', { items: 5, majority: 3 })
 */
export async function majority(
  dataset: string | Dataset,
  problem: Partial<Problem> = {},
): Promise<MajoritySplits> {
  const value = await datasetOf(dataset)
  return majoritySplits(await imagesOf(value), problemOf(value, problem))
}
