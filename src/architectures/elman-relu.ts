import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'

/**
 * Elman-ReLU: an input layer and h = relu([input, h]·W + b) (Elman 1990, with a ReLU); the readout reads the last h. It differs from R-LSTM
 * in its cell alone: with as many parameters, but without gates.
 */
export const elmanRelu = defineArchitecture({
  id: 'elman-relu',
  title: 'Elman-ReLU',
  units: { input: 256, state: 203 },
  parameters: ({ rows, stepColumns, classes }, { input, state }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...layer('state', [input! + state!, state!]),
    ...layer('readout', [state!, classes]),
  ],
  forward:
    (geometry, { state }) =>
    (ops, w, x) => {
      const input = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
      const kernel = w['state.kernel'] as Tensor2D
      const [fromInput, fromState] = tf.split<Tensor2D>(kernel, [input.shape[1], state!], 0)
      const inputs = ops.terms(input, fromInput!, 'nonnegative', geometry.steps)
      let h = ops.initial('state', x.shape[0], state!, input)
      for (const [step, term] of inputs.entries()) {
        const sum = ops.affine(
          'state',
          [term, ops.term(h, fromState!, 'nonnegative')],
          w['state.bias'] as Tensor1D,
        )
        h = ops.tap('state', step, ops.keep('state', ops.relu(sum)))
      }
      return readout(ops, w, h)
    },
})
