import type { ImportedLayer } from '../imported-layer.js'
import { convolution } from './convolution.js'
import { dense } from './dense.js'
import { activation, dropout } from './element-wise.js'
import type { LayerKind } from './layer-kind.js'
import { pooling } from './pooling.js'
import { flatten, permute, reshape } from './rearranging.js'
import { recurrent } from './recurrent.js'

const kinds = {
  dense,
  convolution,
  pooling,
  recurrent,
  activation,
  dropout,
  flatten,
  reshape,
  permute,
}

/** The types of layer there are. */
export const layerTypes = Object.keys(kinds)

/** Everything about a layer's type. */
export const kindOf = (layer: ImportedLayer): LayerKind<ImportedLayer> =>
  kinds[layer.type] as unknown as LayerKind<ImportedLayer>
