import type { Geometry, Units } from '../network/geometry.js'
import type { Forward } from '../network/operations.js'
import type { ParameterSpec } from '../network/parameters.js'
import type { SeriesStyle } from '../values/series-style.js'

/** A network, written once against the algebra of layer operations: its sizes, its parameters and its computation. */
export interface Architecture {
  /** In files, tables and command lines, e.g. `r-lstm`. */
  readonly id: string
  /** In text, e.g. `R-LSTM`. */
  readonly title: string
  /** Where there is little room. Default: the title. */
  readonly short?: string
  readonly style?: SeriesStyle
  /** The number of neurons of each layer. */
  readonly units: Units
  /** The only geometry that it reads. Default: any. */
  readonly geometry?: Geometry
  /** The parameters of a network that reads sequences of this geometry and has these units. */
  parameters(geometry: Geometry, units: Units): readonly ParameterSpec[]
  /** The network as a function of its operations, parameters and sequences `[batch, rows, steps·stepColumns]`. */
  forward(geometry: Geometry, units: Units): Forward
}
