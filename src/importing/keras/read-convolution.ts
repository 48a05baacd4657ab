import type { ParameterValues } from '../../network/parameters.js'
import { oddSize } from '../layers/convolution.js'
import { zeros } from '../matrix.js'
import { activationOf, expectSetting } from './keras-layer.js'
import type { LayerReader } from './layer-reader.js'
import { weight } from './weight.js'

/** A Conv2D with stride 1: gaps of a dilation become zeros of the kernel. */
export const readConvolution: LayerReader = (layer, { weights, refuse }) => {
  const { name, config } = layer
  expectSetting(layer, 'strides', [[1, 1]], refuse)
  expectSetting(layer, 'padding', ['valid', 'same'], refuse)
  expectSetting(layer, 'data_format', ['channels_last', null], refuse)
  expectSetting(layer, 'groups', [1], refuse)
  const own = weights()
  const kernel = weight(own, 'kernel', 4, refuse)
  const maps = kernel.shape[3]!
  const bias = config.use_bias === false ? zeros([maps]) : weight(own, 'bias', 1, refuse)
  const { dilation_rate: rate = 1 } = config
  const dilation = (Array.isArray(rate) ? rate : [rate, rate]) as [number, number]
  const extent = dilation.map((gap, axis) => gap * (kernel.shape[axis]! - 1) + 1) as [number, number]
  return {
    layers: [
      {
        type: 'convolution',
        name,
        activation: activationOf(layer, config.activation, refuse),
        extent,
        padding: config.padding === 'same' ? 'same' : 'valid',
      },
    ],
    units: { [name]: maps },
    parameters: { [`${name}.kernel`]: spreadOut(kernel, extent, dilation), [`${name}.bias`]: bias },
  }
}

/** The kernel with the zeros of its dilation, and a row or column of zeros before it where its extent is even, `[h, w, in, out]`. */
function spreadOut(
  { shape, values }: ParameterValues,
  extent: readonly [number, number],
  dilation: readonly [number, number],
): ParameterValues {
  const [height, width, channels, maps] = shape as [number, number, number, number]
  const [rows, columns] = extent.map(oddSize) as [number, number]
  const weights = channels * maps
  const result = new Float32Array(rows * columns * weights)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = rows - extent[0] + y * dilation[0]
      const column = columns - extent[1] + x * dilation[1]
      const from = (y * width + x) * weights
      result.set(values.subarray(from, from + weights), (row * columns + column) * weights)
    }
  }
  return { shape: [rows, columns, channels, maps], values: result }
}
