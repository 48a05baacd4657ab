import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { DenseLayer } from '../imported-layer.js'
import { asMatrix, fromMatrix } from '../signal.js'
import { activate, domainBehind } from './activations.js'
import { kernelAndBias, type LayerKind } from './layer-kind.js'
import { tapped } from './tapped.js'

/** x·W + b along the last axis, of each step alone where there are steps. */
export const dense: LayerKind<DenseLayer> = {
  hasUnits: true,
  outputShape: (_layer, input, { units }) => [...input.slice(0, -1), units],
  parameters: ({ name }, input, { units }) => kernelAndBias(name, [input[input.length - 1]!, units]),
  apply(ops, w, { name, activation }, signal, around) {
    const term = ops.term(asMatrix(signal), w[`${name}.kernel`] as Tensor2D, signal.domain)
    const sum = ops.affine(name, [term], w[`${name}.bias`] as Tensor1D)
    const output = fromMatrix(signal, activate(ops, sum, activation))
    return tapped(ops, name, { ...output, domain: domainBehind(activation) }, around)
  },
}
