import { type Architecture, describe } from '../src/architectures/index.js'
import type { Geometry, Units } from '../src/network/geometry.js'

/**
 * The floating-point operations of the products in one training step: forward, the kernels' gradients and the inputs', which pixels
 * do without; from the network's description. Elementwise work is left out.
 */
export const trainingFlops = (
  architecture: Architecture,
  geometry: Geometry,
  units: Units,
  batch: number,
): number =>
  describe(architecture, geometry, units).products.reduce(
    (sum, { rows, inputs, outputs, readsPixels }) =>
      sum + 2 * batch * rows * inputs * outputs * (readsPixels ? 2 : 3),
    0,
  )
