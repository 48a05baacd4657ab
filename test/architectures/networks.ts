import type { Tensor3D } from '@tensorflow/tfjs-core'
import {
  type Architecture,
  deepV2,
  elmanRelu,
  inputCellAttention,
  rGru,
} from '../../src/architectures/index.js'
import { architectures } from '../../src/catalogue/index.js'
import type { Geometry, Units } from '../../src/network/geometry.js'
import type { Forward, Parameters } from '../../src/network/operations.js'
import { type NamedValues, type ParameterSpec, sizeOf, toTensors } from '../../src/network/parameters.js'
import { random3D, randomValues } from '../network/tensors.js'

/** A few neurons in every layer. */
const tinyUnits: Readonly<Record<string, number>> = {
  conv1: 4,
  conv2: 6,
  input: 9,
  hidden: 8,
  recurrent: 7,
  output: 6,
  cell: 7,
  attention: 6,
  input2: 8,
  state: 7,
  hops: 3,
}

/** 5×9 pixels in three steps, odd on every side. */
export const TINY: Geometry = { rows: 5, stepColumns: 3, steps: 3, classes: 4 }

/** Few neurons for the layers of the thesis's networks; those of others have few. */
export const tinyUnitsOf = (architecture: Architecture): Units =>
  Object.fromEntries(
    Object.entries(architecture.units).map(([layer, units]) => [
      layer,
      Math.min(units, tinyUnits[layer] ?? units),
    ]),
  )

/**
 * A network with random parameters: kernels −1 … 1.5 times √3/√fan-in, biases −0.1 … 0, gate biases ±1.
 *
 * More positive than negative weights keep networks of so few ReLUs from being silent.
 */
export interface Network {
  readonly specs: readonly ParameterSpec[]
  readonly values: NamedValues
  readonly forward: Forward
}

export function randomNetwork(
  architecture: Architecture,
  geometry: Geometry = TINY,
  name = 'network',
): Network {
  const units = tinyUnitsOf(architecture)
  const specs = architecture.parameters(geometry, units)
  const values = Object.fromEntries(
    specs.map(({ name: parameter, shape, kind }) => {
      const fanIn = sizeOf(shape) / shape[shape.length - 1]!
      const [low, high] = {
        kernel: [-Math.sqrt(3 / fanIn), 1.5 * Math.sqrt(3 / fanIn)],
        negativeBias: [-0.1, 0],
        freeBias: [-1, 1],
      }[kind] as [number, number]
      return [parameter, { shape, values: randomValues(sizeOf(shape), `${name} ${parameter}`, low, high) }]
    }),
  )
  return { specs, values, forward: architecture.forward(geometry, units) }
}

/** Its parameters as tensors. */
export const tensorsOf = (network: Network): Parameters => toTensors(network.values)

export const randomSequences = (batch: number, geometry: Geometry = TINY, name = 'sequences'): Tensor3D =>
  random3D([batch, geometry.rows, geometry.steps * geometry.stepColumns], name)

/** The five networks by name, for `describe.each`. */
export const byName = architectures.map((architecture) => [architecture.id, architecture] as const)

/** The five, and those that are compared with them, whose activations are ≥ 0. */
export const nonnegativeNetworks = [
  ...byName,
  ...[inputCellAttention, deepV2, elmanRelu, rGru].map((network) => [network.id, network] as const),
]
