import type { Geometry } from '../../network/geometry.js'
import type { Operations, Parameters } from '../../network/operations.js'
import { layer, type ParameterSpec } from '../../network/parameters.js'
import type { Signal } from '../signal.js'

/** What a layer needs to know of the network around it. */
export interface Surroundings {
  readonly geometry: Geometry
  /** The layer's own number of neurons or maps; 0 for a layer that has none. */
  readonly units: number
}

/** Everything about one type of layer. */
export interface LayerKind<L> {
  /** Whether it has a number of neurons or maps of its own. */
  readonly hasUnits: boolean
  /** The shape of its output for the shape of its input; throws an Error naming the layer where it cannot read such a shape. */
  outputShape(layer: L, input: readonly number[], around: Surroundings): number[]
  parameters(layer: L, input: readonly number[], around: Surroundings): ParameterSpec[]
  apply(ops: Operations, w: Parameters, layer: L, signal: Signal, around: Surroundings): Signal
}

/** A refusal of a layer, by its name. */
export const refuse = (layer: { readonly name: string }, why: string): Error =>
  new Error(`layer '${layer.name}' ${why}`)

/** Most layers have no parameters. */
export const none = (): ParameterSpec[] => []

/** A kernel and a free bias, as in every imported layer. */
export const kernelAndBias = (name: string, shape: readonly number[]): ParameterSpec[] => [
  ...layer(name, shape, 'freeBias'),
]
