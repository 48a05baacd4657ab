import type { Architecture } from '../architectures/architecture.js'
import type { Geometry, Units } from '../network/geometry.js'
import { checkParameters, type NamedValues } from '../network/parameters.js'
import { importedArchitecture, layersWithUnits } from './imported-architecture.js'
import type { ImportedNetwork } from './imported-layer.js'

/** A model from elsewhere as this project computes, explains and trains it. */
export interface Imported {
  readonly architecture: Architecture
  readonly geometry: Geometry
  readonly units: Units
  readonly parameters: NamedValues
  /** What the architecture was made of, plain JSON. */
  readonly network: ImportedNetwork
}

/**
 * The value of a network with its sizes and parameters.
 *
 * @throws Error naming the layer that cannot read what comes before it, or the parameter that does not fit
 */
export function imported(
  network: ImportedNetwork,
  geometry: Geometry,
  units: Units,
  parameters: NamedValues,
): Imported {
  const own = Object.fromEntries(layersWithUnits(network).map((name) => [name, units[name]!]))
  const architecture = importedArchitecture(network, geometry, own)
  checkParameters(architecture.parameters(geometry, own), parameters)
  return { architecture, geometry, units: own, parameters, network }
}
