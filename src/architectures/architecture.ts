import { checkGeometry, checkSizes, type Geometry, type Units } from '../network/geometry.js'
import type { Forward } from '../network/operations.js'
import type { ParameterSpec } from '../network/parameters.js'

/** A network of this thesis: its sizes, its parameters and its computation, written once against the algebra. */
export interface Architecture {
  /** In files, tables and command lines, e.g. `r-lstm`. */
  readonly id: string
  /** In text, e.g. `R-LSTM`. */
  readonly title: string
  /** The thesis's number of neurons of each layer. */
  readonly units: Units
  /** The parameters a network of this geometry and these units has; throws a RangeError naming a size that is missing, unknown or not ≥ 1. */
  parameters(geometry: Geometry, units: Units): ParameterSpec[]
  /** The network as a function of its operations, parameters and sequences `[batch, rows, steps·stepColumns]`. */
  forward(geometry: Geometry, units: Units): Forward
}

/** An architecture that checks the sizes it is given. */
export const checked = (architecture: Architecture): Architecture => {
  const check = (geometry: Geometry, units: Units) => {
    checkGeometry(geometry)
    checkSizes(`${architecture.id}.units`, Object.keys(architecture.units), units)
  }
  return {
    ...architecture,
    parameters(geometry, units) {
      check(geometry, units)
      return architecture.parameters(geometry, units)
    },
    forward(geometry, units) {
      check(geometry, units)
      return architecture.forward(geometry, units)
    },
  }
}
