import type { ReadLayer } from '../chain.js'
import type { ImportedLayer } from '../imported-layer.js'
import { areIntegers } from '../json.js'
import { zeros } from '../matrix.js'
import { activationOf, expectSetting } from './keras-layer.js'
import type { LayerReader } from './layer-reader.js'
import { readConvolution } from './read-convolution.js'
import { readBidirectional, readRecurrent } from './read-recurrent.js'
import { weight } from './weight.js'

/** Layers without parameters. */
const moving = (...layers: ImportedLayer[]): ReadLayer => ({ layers })

const readDense: LayerReader = (layer, { weights, refuse }) => {
  const { name, config } = layer
  const own = weights()
  const kernel = weight(own, 'kernel', 2, refuse)
  const units = kernel.shape[1]!
  const bias = config.use_bias === false ? zeros([units]) : weight(own, 'bias', 1, refuse)
  return {
    layers: [{ type: 'dense', name, activation: activationOf(layer, config.activation, refuse) }],
    units: { [name]: units },
    parameters: { [`${name}.kernel`]: kernel, [`${name}.bias`]: bias },
  }
}

const readPooling =
  (of: 'maximum' | 'average'): LayerReader =>
  (layer, { refuse }) => {
    expectSetting(layer, 'pool_size', [[2, 2]], refuse)
    expectSetting(layer, 'strides', [[2, 2], null], refuse)
    expectSetting(layer, 'padding', ['valid', 'same'], refuse)
    expectSetting(layer, 'data_format', ['channels_last', null], refuse)
    const padding = layer.config.padding === 'same' ? 'same' : 'valid'
    return moving({ type: 'pooling', name: layer.name, of, padding })
  }

const readActivation: LayerReader = (layer, { refuse }) =>
  moving({
    type: 'activation',
    name: layer.name,
    activation: activationOf(layer, layer.config.activation, refuse),
  })

const readRelu: LayerReader = (layer, { refuse }) => {
  expectSetting(layer, 'max_value', [null], refuse)
  expectSetting(layer, 'negative_slope', [0, null], refuse)
  expectSetting(layer, 'threshold', [0, null], refuse)
  return moving({ type: 'activation', name: layer.name, activation: 'relu' })
}

const readSoftmax: LayerReader = (layer, { refuse }) =>
  moving({ type: 'activation', name: layer.name, activation: activationOf(layer, 'softmax', refuse) })

const readReshape: LayerReader = ({ name, perStep, config }, { refuse }) => {
  const shape = config.target_shape
  if (!areIntegers(shape))
    throw refuse(`has target_shape = ${JSON.stringify(shape)}; it must be a list of sizes`)
  return moving({ type: 'reshape', name, perStep, shape })
}

const readPermute: LayerReader = ({ name, perStep, config }, { refuse }) => {
  const axes = config.dims
  if (!areIntegers(axes)) throw refuse(`has dims = ${JSON.stringify(axes)}; it must be a list of axes`)
  return moving({ type: 'permute', name, perStep, axes })
}

const readFlatten: LayerReader = (layer, { refuse }) => {
  expectSetting(layer, 'data_format', ['channels_last', null], refuse)
  return moving({ type: 'flatten', name: layer.name, perStep: layer.perStep })
}

const readDropout: LayerReader = ({ name }) => moving({ type: 'dropout', name })

/** The layers that are read, by class. */
export const READERS: Readonly<Record<string, LayerReader>> = {
  Dense: readDense,
  SimpleRNN: readRecurrent,
  LSTM: readRecurrent,
  GRU: readRecurrent,
  Bidirectional: readBidirectional,
  Conv2D: readConvolution,
  MaxPooling2D: readPooling('maximum'),
  AveragePooling2D: readPooling('average'),
  Activation: readActivation,
  ReLU: readRelu,
  Softmax: readSoftmax,
  Dropout: readDropout,
  SpatialDropout1D: readDropout,
  SpatialDropout2D: readDropout,
  Flatten: readFlatten,
  Reshape: readReshape,
  Permute: readPermute,
}
