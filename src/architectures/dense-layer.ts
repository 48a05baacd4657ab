import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Domain, Operations, Parameters } from '../network/operations.js'

/**
 * relu(x·W + b) with dropout and a tap, for one step or for all: x `[rows, in]` → `[rows, out]`.
 *
 * @example
 * const feedForward = defineArchitecture({
 *   id: 'feed-forward',
 *   title: 'Feed-forward',
 *   units: { hidden: 64 },
 *   parameters: ({ rows, stepColumns, steps, classes }, { hidden }) => [
 *     ...layer('hidden', [rows * stepColumns * steps, hidden]),
 *     ...layer('readout', [hidden, classes]),
 *   ],
 *   forward: () => (ops, w, x) => {
 *     const pixels: tf.Tensor2D = tf.reshape(x, [x.shape[0], -1])
 *     return readout(ops, w, denseLayer(ops, w, 'hidden', pixels, 'pixels', 0))
 *   },
 * })
 */
export function denseLayer(
  ops: Operations,
  w: Parameters,
  name: string,
  x: Tensor2D,
  domain: Domain,
  step: number | 'all',
): Tensor2D {
  const sum = ops.affine(
    name,
    [ops.term(x, w[`${name}.kernel`] as Tensor2D, domain)],
    w[`${name}.bias`] as Tensor1D,
  )
  return ops.tap(name, step, ops.keep(name, ops.relu(sum)))
}

/** The readout: x·W + b, logits `[batch, classes]`. */
export const readout = (ops: Operations, w: Parameters, x: Tensor2D): Tensor2D =>
  ops.affine(
    'readout',
    [ops.term(x, w['readout.kernel'] as Tensor2D, 'nonnegative')],
    w['readout.bias'] as Tensor1D,
  )
