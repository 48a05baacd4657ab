import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Domain, Operations, Parameters } from '../network/operations.js'
import { layer, type ParameterSpec } from '../network/parameters.js'

const GATES = ['inputGate', 'forgetGate', 'outputGate'] as const

/** The parameters of an R-LSTM cell that reads `[input, h]`; gate biases are free. */
export const cellParameters = (input: number, cell: number): ParameterSpec[] => [
  ...GATES.flatMap((gate) => layer(gate, [input + cell, cell], 'freeBias')),
  ...layer('candidate', [input + cell, cell]),
]

/**
 * The loop of R-LSTM and ConvR-LSTM, where every tanh is a ReLU:
 * i, f, o = sigmoid([input, h]·W + b), candidate = relu([input, h]·W + b), c = f·c + i·candidate, h = o·c.
 *
 * The three gates are one product a step. The candidate is another, since relevance takes its way through that one alone. input `[steps·batch, in]` of
 * that domain; returns the last h `[batch, cell]`.
 *
 * @param sizes.domain what the input is. Default: nonnegative
 */
export function lstmRecurrence(
  ops: Operations,
  w: Parameters,
  input: Tensor2D,
  sizes: { readonly steps: number; readonly cell: number; readonly domain?: Domain },
): Tensor2D {
  const { steps, cell, domain = 'nonnegative' } = sizes
  const batch = input.shape[0] / steps
  const layerOf = (parts: readonly string[]) => {
    const kernel = tf.concat<Tensor2D>(
      parts.map((part) => w[`${part}.kernel`] as Tensor2D),
      1,
    )
    const bias = tf.concat<Tensor1D>(parts.map((part) => w[`${part}.bias`] as Tensor1D))
    const [fromInput, fromState] = tf.split<Tensor2D>(kernel, [input.shape[1], cell], 0)
    const inputs = ops.terms(input, fromInput!, domain, steps)
    return (name: string, h: Tensor2D, step: number) =>
      ops.affine(name, [inputs[step]!, ops.term(h, fromState!, 'nonnegative')], bias)
  }
  const gatesOf = layerOf(GATES)
  const candidateOf = layerOf(['candidate'])

  let c = ops.initial('cell', batch, cell, input)
  let h = ops.initial('output', batch, cell, input)
  for (let step = 0; step < steps; step++) {
    const [i, f, o] = tf.split<Tensor2D>(ops.sigmoid(gatesOf('gates', h, step)), 3, 1)
    const candidate = ops.tap('candidate', step, ops.relu(candidateOf('candidate', h, step)))
    c = ops.tap('cell', step, ops.sum(ops.gate(f!, c), ops.gate(i!, candidate)))
    h = ops.tap('output', step, ops.keep('output', ops.gate(o!, c)))
  }
  return h
}
