import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { ConvolutionLayer } from '../imported-layer.js'
import { activate, domainBehind } from './activations.js'
import { asImages, cropped, imageShape, withImages } from './images.js'
import { kernelAndBias, type LayerKind, refuse } from './layer-kind.js'

/** An odd size, which the algebra's convolution needs, that holds the extent. */
export const oddSize = (extent: number): number => extent + 1 - (extent % 2)

/** A convolution with stride 1; without padding it is the part of one with padding where no padding counts. */
export const convolution: LayerKind<ConvolutionLayer> = {
  hasUnits: true,
  outputShape(layer, input, { units }) {
    const [height, width] = imageShape(layer, input)
    const sizes =
      layer.padding === 'same' ? [height, width] : [height - layer.extent[0] + 1, width - layer.extent[1] + 1]
    if (sizes.some((size) => size < 1))
      throw refuse(
        layer,
        `has a kernel of ${layer.extent.join('×')} and no padding; images of ${height}×${width} are too small`,
      )
    return [...input.slice(0, -3), ...sizes, units]
  },
  parameters(layer, input, { units }) {
    const [, , channels] = imageShape(layer, input)
    return kernelAndBias(layer.name, [...layer.extent.map(oddSize), channels, units])
  },
  apply(ops, w, layer, signal) {
    const { name, activation, extent, padding } = layer
    const images = asImages(signal)
    const [, height, width] = images.x.shape
    const whole = ops.conv2d(
      name,
      images.x,
      w[`${name}.kernel`] as Tensor4D,
      w[`${name}.bias`] as Tensor1D,
      signal.domain,
    )
    const first = extent.map((size) => Math.floor((size - 1) / 2)) as [number, number]
    const kept =
      padding === 'same'
        ? whole
        : cropped(cropped(whole, 1, first[0], height - extent[0] + 1), 2, first[1], width - extent[1] + 1)
    return { ...withImages(images, activate(ops, kept, activation)), domain: domainBehind(activation) }
  },
}
