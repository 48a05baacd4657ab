import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Domain, Operations, Parameters } from '../network/operations.js'
import { denseLayer } from './dense-layer.js'

/**
 * The loop of Shallow, Deep and ConvDeep: hidden = relu([signal, recurrent]·W + b), recurrent = relu(hidden·W + b).
 *
 * signal `[steps·batch, in]` step by step; returns the last hidden layer `[batch, hidden]`.
 */
export function reluRecurrence(
  ops: Operations,
  w: Parameters,
  signal: Tensor2D,
  domain: Domain,
  sizes: { readonly steps: number; readonly recurrent: number },
): Tensor2D {
  const { steps } = sizes
  const batch = signal.shape[0] / steps
  const [fromSignal, fromState] = tf.split<Tensor2D>(
    w['hidden.kernel'] as Tensor2D,
    [signal.shape[1], sizes.recurrent],
    0,
  )
  const signals = ops.terms(signal, fromSignal!, domain, steps)

  let recurrent = ops.initial('recurrent', batch, sizes.recurrent, signal)
  for (let step = 0; ; step++) {
    const state = ops.term(recurrent, fromState!, 'nonnegative')
    const sum = ops.affine('hidden', [signals[step]!, state], w['hidden.bias'] as Tensor1D)
    const hidden = ops.tap('hidden', step, ops.keep('hidden', ops.relu(sum)))
    if (step === steps - 1) return hidden
    recurrent = denseLayer(ops, w, 'recurrent', hidden, 'nonnegative', step)
  }
}
