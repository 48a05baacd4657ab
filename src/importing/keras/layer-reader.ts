import type { ParameterValues } from '../../network/parameters.js'
import type { ReadLayer } from '../chain.js'
import type { KerasLayer, Refuse } from './keras-layer.js'

/** What a reader may use: the layer's weights by their last name, and how it is refused. */
export interface ReadContext {
  readonly refuse: Refuse
  weights(part?: 'forward' | 'backward'): Readonly<Record<string, ParameterValues>>
}

/** From a layer of Keras to layers of this project. */
export type LayerReader = (layer: KerasLayer, context: ReadContext) => ReadLayer
