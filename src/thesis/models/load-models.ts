import type { DatasetName } from './configuration.js'
import { loadModel } from './model.js'
import { recipe } from './recipes.js'
import type { Model } from './training-run.js'

/** The shipped checkpoints of some networks on a dataset; throws an Error saying how to make one that is missing. */
export async function loadModels(dataset: DatasetName, networks: readonly string[]): Promise<Model[]> {
  const models: Model[] = []
  for (const network of networks) models.push(await loadModel(recipe(dataset, network)))
  return models
}
