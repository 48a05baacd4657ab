import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import { loadModel } from './model.js'
import type { Model } from './model-value.js'

/**
 * The trained networks of a dataset, one after the other; see `loadModel`.
 *
 * @example
 * const [shallow, rLstm] = await loadModels('mnist-maj', ['shallow', 'r-lstm'])
 */
export async function loadModels(
  dataset: string | Dataset,
  networks: readonly (string | Architecture)[],
): Promise<Model[]> {
  const models: Model[] = []
  for (const network of networks) models.push(await loadModel(dataset, network))
  return models
}
