import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'

/**
 * R-GRU: an input layer and a gated recurrent unit (Cho et al. 2014) whose candidate is a ReLU: z, r = sigmoid([input, h]·W + b),
 * h = z·h + (1 − z)·relu([input, r·h]·W + b), so that its state is ≥ 0 as that of R-LSTM; the readout reads the last h.
 */
export const rGru = defineArchitecture({
  id: 'r-gru',
  title: 'R-GRU',
  units: { input: 256, state: 91 },
  parameters: ({ rows, stepColumns, classes }, { input, state }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...layer('update', [input! + state!, state!], 'freeBias'),
    ...layer('reset', [input! + state!, state!], 'freeBias'),
    ...layer('candidate', [input! + state!, state!]),
    ...layer('readout', [state!, classes]),
  ],
  forward:
    (geometry, { state }) =>
    (ops, w, x) => {
      const input = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
      const partOf = (name: string) => {
        const kernel = w[`${name}.kernel`] as Tensor2D
        const [fromInput, fromState] = tf.split<Tensor2D>(kernel, [input.shape[1], state!], 0)
        const inputs = ops.terms(input, fromInput!, 'nonnegative', geometry.steps)
        return (step: number, h: Tensor2D) =>
          ops.affine(
            name,
            [inputs[step]!, ops.term(h, fromState!, 'nonnegative')],
            w[`${name}.bias`] as Tensor1D,
          )
      }
      const [update, reset, candidate] = ['update', 'reset', 'candidate'].map(partOf)
      let h = ops.initial('state', x.shape[0], state!, input)
      for (let step = 0; step < geometry.steps; step++) {
        const z = ops.sigmoid(update!(step, h))
        const r = ops.sigmoid(reset!(step, h))
        const added = ops.tap('candidate', step, ops.relu(candidate!(step, ops.gate(r, h))))
        const next = ops.sum(ops.gate(z, h), ops.gate(ops.complement(z), added))
        h = ops.tap('state', step, ops.keep('state', next))
      }
      return readout(ops, w, h)
    },
})
