import type { Dataset } from '../../data/dataset.js'
import { type MajoritySplits, majoritySplits } from '../../data/splits.js'
import { datasetOf } from '../values/value-of.js'
import { type Problem, problemOf } from './problem.js'

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
  return majoritySplits(await value.load(), problemOf(value, problem))
}
