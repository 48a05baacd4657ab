import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Architecture } from '../../../architectures/architecture.js'
import type { Activation, RecurrentLayer } from '../../../importing/imported-layer.js'
import { cells } from '../../../importing/layers/cells.js'
import { layer as layerOf } from '../../../network/parameters.js'
import { frames } from '../../../network/sequence.js'

/**
 * An LSTM that reads frames as they are, and a linear readout of its last h: the network of the paper with one cell and tanh. With linear
 * activations it can add exactly.
 */
export function countingLstm(activation: Activation): Architecture {
  const layer: RecurrentLayer = {
    type: 'recurrent',
    name: 'lstm',
    cell: 'lstm',
    activation,
    gates: 'sigmoid',
    direction: 'forward',
    merge: 'concatenate',
    output: 'lastStep',
  }
  return {
    id: `counting-lstm-${activation}`,
    title: `LSTM, ${activation}`,
    units: { cell: 1 },
    parameters: ({ rows, stepColumns, classes }, { cell }) => [
      ...cells.lstm.parameters(layer.name, rows * stepColumns, cell!),
      ...layerOf('readout', [cell!, classes], 'freeBias'),
    ],
    forward:
      (geometry, { cell }) =>
      (ops, w, x) => {
        const { steps } = geometry
        const [batch] = x.shape
        const advance = cells.lstm.begin({
          ops,
          w,
          name: layer.name,
          layer,
          units: cell!,
          batch,
          x: frames(x, geometry),
          domain: 'pixels',
          steps,
          tap: (name, step, values) => ops.tap(name, step, values),
        })
        const h = Array.from({ length: steps }, (_, step) => step).map(advance)[steps - 1] as Tensor2D
        const read = ops.term(h, w['readout.kernel'] as Tensor2D, 'signed')
        return ops.affine('readout', [read], w['readout.bias'] as Tensor1D)
      },
  }
}
