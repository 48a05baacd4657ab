import type { PoolingLayer } from '../imported-layer.js'
import { asImages, cropped, imageShape, withImages } from './images.js'
import { type LayerKind, none, refuse } from './layer-kind.js'

/** The maximum or mean of 2×2 blocks. */
export const pooling: LayerKind<PoolingLayer> = {
  hasUnits: false,
  outputShape(layer, input) {
    const [height, width, channels] = imageShape(layer, input)
    const sizes = [height, width].map((size) => (layer.padding === 'same' ? Math.ceil : Math.floor)(size / 2))
    if (sizes.includes(0))
      throw refuse(layer, `pools 2×2 without padding; images of ${height}×${width} are too small`)
    return [...input.slice(0, -3), ...sizes, channels]
  },
  parameters: none,
  apply(ops, _w, { name, of, padding }, signal) {
    const images = asImages(signal)
    const [, height, width] = images.x.shape
    const even = (size: number) => (padding === 'same' ? size : size - (size % 2))
    const x = cropped(cropped(images.x, 1, 0, even(height)), 2, 0, even(width))
    return withImages(
      images,
      of === 'maximum' ? ops.maxPool(name, x) : ops.averagePool(name, x, signal.domain),
    )
  },
}
