import { encodeSafetensors } from '../../files/safetensors.js'
import type { Model } from '../../thesis/models/model-value.js'
import type { Weights } from '../shared/manifest.js'
import { addAsset, type Files } from './files.js'

/** A network's parameters in half precision, in a file of their own: that is half the bytes and changes no prediction. */
export function halfPrecision({ parameters, configuration }: Model): Uint8Array {
  const { network, dataset } = configuration
  return encodeSafetensors({ tensors: parameters, metadata: { network, dataset } }, 'F16')
}

/** Adds the parameters of a model to the files. */
export function addWeights(files: Files, model: Model, name: string): Weights {
  const accuracy = model.result.testAccuracy
  return {
    ...addAsset(files, `${name}.safetensors`, halfPrecision(model)),
    accuracy: Number.isNaN(accuracy) ? null : accuracy,
  }
}
