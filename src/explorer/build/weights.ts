import { encodeSafetensors } from '../../files/safetensors.js'
import type { Model } from '../../thesis/models/model-value.js'
import type { Weights } from '../shared/manifest.js'
import { addAsset, type Files } from './files.js'

/**
 * A network's parameters in half precision, and as they were trained. The first change no prediction; gradients of single sequences
 * follow whether a neuron near 0 is on, so that the second make heatmaps those of the network as it was trained.
 */
export function parameterFiles({ parameters, configuration }: Pick<Model, 'parameters' | 'configuration'>) {
  const { network, dataset } = configuration
  const content = { tensors: parameters, metadata: { network, dataset } }
  return { rounded: encodeSafetensors(content, 'F16'), exact: encodeSafetensors(content) }
}

/** Adds the parameters of a model to the files. */
export function addWeights(files: Files, model: Model, name: string): Weights {
  const { rounded, exact } = parameterFiles(model)
  const accuracy = model.result.testAccuracy
  return {
    ...addAsset(files, `${name}.safetensors`, rounded),
    exact: addAsset(files, `${name}-exact.safetensors`, exact),
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
  }
}
