import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import type { Architecture } from '../architectures/architecture.js'
import { defineArchitecture } from '../architectures/define-architecture.js'
import type { Geometry, Units } from '../network/geometry.js'
import type { ImportedLayer, ImportedNetwork } from './imported-layer.js'
import { kindOf } from './layers/kinds.js'
import { refuse, type Surroundings } from './layers/layer-kind.js'
import { inputShape, inputSignal } from './signal.js'

interface Placed {
  readonly layer: ImportedLayer
  /** The shape of what it reads. */
  readonly input: readonly number[]
  readonly around: Surroundings
}

/** The layers of a network with all sizes known; throws an Error naming the first layer that cannot read what comes before it. */
export function placed(network: ImportedNetwork, geometry: Geometry, units: Units): Placed[] {
  const { layers } = network
  let shape: readonly number[] = inputShape(network.input, geometry)
  const result = layers.map((layer, i): Placed => {
    const input = shape
    const isLast = i === layers.length - 1
    const own = kindOf(layer).hasUnits ? units[layer.name] : 0
    const around = { geometry, units: isLast ? geometry.classes : (own ?? 0) }
    shape = kindOf(layer).outputShape(layer, input, around)
    return { layer, input, around }
  })
  const last = layers[layers.length - 1]
  if (last?.type !== 'dense')
    throw new Error(`${network.id} has no dense layer at its end to give the logits`)
  if (shape.length !== 1)
    throw refuse(
      last,
      `gives logits of shape [${shape}]; one row of classes is read, so the layers before it must end in the last step, or in all steps in one row`,
    )
  return result
}

/** The names of the layers with a number of neurons or maps of their own; the last layer has as many as there are classes. */
export const layersWithUnits = ({ layers }: ImportedNetwork): string[] =>
  layers
    .slice(0, -1)
    .filter((layer) => kindOf(layer).hasUnits)
    .map(({ name }) => name)

/** A chain of layers as an architecture of this project, for the geometry that it was made for. */
export function importedArchitecture(
  network: ImportedNetwork,
  geometry: Geometry,
  units: Units,
): Architecture {
  return defineArchitecture({
    id: network.id,
    title: network.title,
    units,
    geometry,
    parameters: (geometry, sizes) =>
      placed(network, geometry, sizes).flatMap(({ layer, input, around }) =>
        kindOf(layer).parameters(layer, input, around),
      ),
    forward(geometry, sizes) {
      const layers = placed(network, geometry, sizes)
      return (ops, w, x: Tensor3D) =>
        layers.reduce(
          (signal, { layer, around }) => kindOf(layer).apply(ops, w, layer, signal, around),
          inputSignal(network.input, x, geometry),
        ).x as Tensor2D
    },
  })
}
