import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Architecture } from '../src/architectures/index.js'
import { differentiable } from '../src/network/differentiable.js'
import type { Geometry, Units } from '../src/network/geometry.js'
import type { Domain, Pass } from '../src/network/operations.js'

/**
 * The floating-point operations of the products in one training step: forward, the kernels' gradients and the inputs', which pixels
 * do without; counted by an interpretation of the algebra. Elementwise work is left out.
 */
export function trainingFlops(
  { forward, parameters }: Architecture,
  geometry: Geometry,
  units: Units,
  batch: number,
): number {
  let flops = 0
  const count = (multiplications: number, domain: Domain) => {
    flops += 2 * multiplications * (domain === 'pixels' ? 2 : 3)
  }
  const ops = differentiable({ purpose: 'training' })
  const dense = (x: Tensor2D, kernel: Tensor2D, domain: Domain) =>
    count(x.shape[0] * kernel.shape[0] * kernel.shape[1], domain)
  const counting: Pass = {
    ...ops,
    term(x, kernel, domain) {
      dense(x, kernel, domain)
      return ops.term(x, kernel, domain)
    },
    terms(x, kernel, domain, steps) {
      dense(x, kernel, domain)
      return ops.terms(x, kernel, domain, steps)
    },
    conv2d(layer, x: Tensor4D, kernel: Tensor4D, bias, domain) {
      const [n, height, width] = x.shape
      count(n * height * width * kernel.size, domain)
      return ops.conv2d(layer, x, kernel, bias, domain)
    },
  }
  tf.tidy(() => {
    const w: Record<string, Tensor> = {}
    for (const { name, shape } of parameters(geometry, units)) w[name] = tf.zeros([...shape])
    const columns = geometry.steps * geometry.stepColumns
    forward(geometry, units)(counting, w, tf.zeros([batch, geometry.rows, columns]))
  })
  counting.dispose()
  return flops
}
