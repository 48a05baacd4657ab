import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer } from './dense-layer.js'
import { cellParameters } from './lstm-recurrence.js'

/**
 * tanh-LSTM: R-LSTM with the tanh of an LSTM (Hochreiter and Schmidhuber 1997; Gers et al. 2000) in place of its ReLUs, and as many
 * parameters. Its states have either sign, so that deep Taylor is not defined for it and gradients, LRP-0 and LRP-ε are.
 */
export const tanhLstm = defineArchitecture({
  id: 'tanh-lstm',
  title: 'tanh-LSTM',
  units: { input: 256, cell: 72 },
  parameters: ({ rows, stepColumns, classes }, { input, cell }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...cellParameters(input!, cell!).map((spec) =>
      spec.kind === 'negativeBias' ? { ...spec, kind: 'freeBias' as const } : spec,
    ),
    ...layer('readout', [cell!, classes], 'freeBias'),
  ],
  forward:
    (geometry, { cell }) =>
    (ops, w, x) => {
      const input = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
      const layerOf = (name: string, parts: readonly string[]) => {
        const all = (kind: string): Tensor[] => parts.map((part) => w[`${part}.${kind}`]!)
        const [kernel, bias] = [tf.concat(all('kernel'), 1) as Tensor2D, tf.concat(all('bias')) as Tensor1D]
        const [fromInput, fromState] = tf.split<Tensor2D>(kernel, [input.shape[1], cell!], 0)
        const inputs = ops.terms(input, fromInput!, 'nonnegative', geometry.steps)
        return (h: Tensor2D, step: number) =>
          ops.affine(name, [inputs[step]!, ops.term(h, fromState!, 'signed')], bias)
      }
      const gatesOf = layerOf('gates', ['inputGate', 'forgetGate', 'outputGate'])
      const candidateOf = layerOf('candidate', ['candidate'])
      let c = ops.initial('cell', x.shape[0], cell!, input)
      let h = ops.initial('output', x.shape[0], cell!, input)
      for (let step = 0; step < geometry.steps; step++) {
        const [i, f, o] = tf.split<Tensor2D>(ops.sigmoid(gatesOf(h, step)), 3, 1)
        const candidate = ops.tap('candidate', step, ops.tanh(candidateOf(h, step)))
        c = ops.tap('cell', step, ops.sum(ops.gate(f!, c), ops.gate(i!, candidate), 'signed', 'cell'))
        h = ops.tap('output', step, ops.keep('output', ops.gate(o!, ops.tanh(c))))
      }
      return ops.affine(
        'readout',
        [ops.term(h, w['readout.kernel'] as Tensor2D, 'signed')],
        w['readout.bias'] as Tensor1D,
      )
    },
})
