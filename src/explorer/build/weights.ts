import { decodeSafetensors, encodeSafetensors } from '../../files/safetensors.js'
import type { NamedValues } from '../../network/parameters.js'
import type { Model } from '../../thesis/models/model-value.js'
import type { Weights } from '../shared/manifest.js'
import { restOf } from '../shared/refinement.js'
import { addAsset, type Files } from './files.js'

/**
 * A network's parameters in half precision, and what rounding left of them. The first alone changes no prediction; gradients of single
 * sequences follow whether a neuron near 0 is on, so that the second makes heatmaps those of the network as it was trained.
 */
export function halfPrecision({ parameters, configuration }: Pick<Model, 'parameters' | 'configuration'>) {
  const { network, dataset } = configuration
  const file = (tensors: NamedValues) => encodeSafetensors({ tensors, metadata: { network, dataset } }, 'F16')
  const rounded = file(parameters)
  return { rounded, rest: file(restOf(parameters, decodeSafetensors(rounded, network).tensors)) }
}

/** Adds the parameters of a model to the files. */
export function addWeights(files: Files, model: Model, name: string): Weights {
  const { rounded, rest } = halfPrecision(model)
  const accuracy = model.result.testAccuracy
  return {
    ...addAsset(files, `${name}.safetensors`, rounded),
    rest: addAsset(files, `${name}-rest.safetensors`, rest),
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
  }
}
