import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Domain, Operations, Parameters } from '../network/operations.js'
import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { readout } from './dense-layer.js'
import { cellParameters, lstmRecurrence } from './lstm-recurrence.js'

/**
 * An LSTM with input-cell attention: at each step the cell reads M_t = A_t X_{1..t}, the means of all frames so far by some hops of
 * attention, instead of the frame (Ismail et al. 2019, Section 3); every tanh of the cell is a ReLU, as in R-LSTM.
 *
 * The paper's A_t = softmax(W₂ tanh(W₁ Xᵀ)) is computed with a sigmoid: tanh z = 2 sigmoid(2z) − 1, and a softmax does not see what is added
 * to all of its scores, so that the two are the same functions and only the numbers in W₁ and W₂ differ by factors of 2. What scores read
 * is then ≥ 0, for which every method is defined.
 */
export const inputCellAttention = defineArchitecture({
  id: 'input-cell-attention',
  title: 'LSTM with input-cell attention',
  short: 'Cell attention',
  units: { attention: 50, hops: 20, cell: 72 },
  parameters: ({ rows, stepColumns, classes }, { attention, hops, cell }) => [
    { name: 'attention.kernel', shape: [rows * stepColumns, attention!], kind: 'kernel' },
    { name: 'scores.kernel', shape: [attention!, hops!], kind: 'kernel' },
    ...cellParameters(hops! * rows * stepColumns, cell!),
    ...layer('readout', [cell!, classes]),
  ],
  forward:
    (geometry, { cell }) =>
    (ops, w, x) => {
      const { steps } = geometry
      const pixels = frames(x, geometry)
      const means = ops.attend('means', scoresOf(ops, w, pixels), pixels, 'pixels', steps)
      return readout(ops, w, lstmRecurrence(ops, w, means, { steps, cell: cell!, domain: 'pixels' }))
    },
})

/** How much each hop looks at each frame, before the softmax: `[steps·batch, hops]`; as in the paper, without biases. */
function scoresOf(ops: Operations, w: Parameters, pixels: Tensor2D): Tensor2D {
  const product = (name: string, x: Tensor2D, domain: Domain) => {
    const kernel = w[`${name}.kernel`] as Tensor2D
    return ops.affine(name, [ops.term(x, kernel, domain)], tf.zeros([kernel.shape[1]]))
  }
  return product('scores', ops.sigmoid(product('attention', pixels, 'pixels')), 'nonnegative')
}
