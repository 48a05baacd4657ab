import type { Geometry, Units } from '../network/geometry.js'
import type { NamedValues } from '../network/parameters.js'
import { type Imported, imported } from './imported.js'
import type { Activation, ImportedLayer } from './imported-layer.js'
import { inputGeometry } from './input-geometry.js'
import { forOwnRange } from './pixel-range.js'
import { idOf, type Wiring } from './wiring.js'

/** What a program's layer becomes: any number of layers of a chain, with the sizes and parameters they have. */
export interface ReadLayer {
  readonly layers: readonly ImportedLayer[]
  readonly units?: Units
  readonly parameters?: NamedValues
}

/**
 * The value of layers read one after the other, the last of which gives the logits.
 *
 * @param shape of the input, null where any size will do
 * @throws Error naming the file, and the layer or size that does not fit
 */
export function chained(
  parts: readonly ReadLayer[],
  shape: readonly (number | null)[],
  wiring: Wiring,
  name: string,
  file: string,
): Imported {
  const { input, geometry } = inputGeometry(shape, wiring, file)
  const layers = joined(parts.flatMap((part) => part.layers))
  const units: Record<string, number> = Object.assign({}, ...parts.map((part) => part.units ?? {}))
  const parameters: NamedValues = Object.assign({}, ...parts.map((part) => part.parameters ?? {}))
  const last = layers[layers.length - 1]
  try {
    if (last?.type !== 'dense')
      throw new Error(
        `the last layer must be a Dense or Linear one, which gives the logits; it is ${last ? `'${last.name}' (${last.type})` : 'missing'}`,
      )
    if (last.activation !== 'linear')
      throw new Error(
        `the last layer '${last.name}' has the activation ${last.activation}; for logits it must be linear, or softmax or sigmoid, which are taken off`,
      )
    const id = wiring.id ?? idOf(name)
    const whole: Geometry = { ...geometry, classes: units[last.name]! }
    const trainedOn = wiring.pixels ?? [-1, 1]
    const network = { id, title: wiring.title ?? id, input: { ...input, trainedOn }, layers }
    return imported(network, whole, units, forOwnRange(network, parameters))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** An activation behind a layer that has none yet becomes the layer's own. */
function joined(layers: readonly ImportedLayer[]): ImportedLayer[] {
  const result: ImportedLayer[] = []
  for (const layer of layers) {
    const before = result[result.length - 1]
    if (layer.type === 'activation' && layer.activation === 'linear') continue
    if (layer.type === 'activation' && before && takesActivation(before)) {
      result[result.length - 1] = { ...before, activation: layer.activation }
    } else {
      result.push(layer)
    }
  }
  return result
}

const takesActivation = (
  layer: ImportedLayer,
): layer is Extract<ImportedLayer, { type: 'dense' | 'convolution' }> & { activation: Activation } =>
  (layer.type === 'dense' || layer.type === 'convolution') && layer.activation === 'linear'

/** Names that parameters, figures and files can carry, each once. */
export function namesOf(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name) => {
    const plain = name.replaceAll(/[^A-Za-z0-9_-]/g, '_') || 'layer'
    let unique = plain
    for (let i = 2; taken.has(unique); i++) unique = `${plain}_${i}`
    taken.add(unique)
    return unique
  })
}
