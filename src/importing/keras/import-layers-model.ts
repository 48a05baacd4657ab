import { chained, type ReadLayer } from '../chain.js'
import type { Imported } from '../imported.js'
import { isRecord } from '../json.js'
import { checkWiring, type Wiring } from '../wiring.js'
import { READERS } from './layer-readers.js'
import { readTopology } from './topology.js'
import { readWeights, weightSpecs, weightsOfLayer } from './weights.js'

export interface LayersModelOptions {
  /** What the model does not say of its input. */
  readonly wiring?: Wiring
  /** In errors. Default: model.json. */
  readonly file?: string
}

/**
 * A Keras model in the format of TensorFlow.js layers as an architecture with parameters.
 *
 * @param json the content of model.json, or the artifacts that TensorFlow.js gives to a save handler
 * @param weights the bytes of all files of weights, in the order of the manifest
 * @throws Error naming the file, the layer and what is read, where something is not
 * @example
 * const { architecture, geometry, units, parameters } = importLayersModel(json, bytes, { wiring: { rows: 28 } })
 */
export function importLayersModel(
  json: unknown,
  weights: Uint8Array | ArrayBuffer,
  { wiring = {}, file = 'model.json' }: LayersModelOptions = {},
): Imported {
  if (!isRecord(json)) throw new Error(`${file} is not a layers model: it is no object`)
  const told = checkWiring(wiring, file)
  const { name, inputShape, layers } = readTopology(json, file)
  const bytes = weights instanceof Uint8Array ? weights : new Uint8Array(weights)
  const all = readWeights(weightSpecs(json, file), bytes, file)
  const parts = layers.map((layer): ReadLayer => {
    const refuse = (what: string) => new Error(`${file}: layer '${layer.path}' (${layer.kind}) ${what}`)
    const reader = READERS[layer.kind]
    if (reader === undefined)
      throw refuse(`is not read; read are ${Object.keys(READERS).join(', ')}, and TimeDistributed`)
    return reader(layer, { refuse, weights: (part) => weightsOfLayer(all, layer.path, part) })
  })
  return chained(parts, inputShape, told, name, file)
}
