import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'
import { cellParameters, lstmRecurrence } from './lstm-recurrence.js'

/** R-LSTM: an input layer and an LSTM cell whose every tanh is a ReLU; the readout reads the last h. */
export const rLstm = defineArchitecture({
  id: 'r-lstm',
  title: 'R-LSTM',
  units: { input: 256, cell: 72 },
  parameters: ({ rows, stepColumns, classes }, { input, cell }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...cellParameters(input!, cell!),
    ...layer('readout', [cell!, classes]),
  ],
  forward:
    (geometry, { cell }) =>
    (ops, w, x) => {
      const input = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
      return readout(ops, w, lstmRecurrence(ops, w, input, { steps: geometry.steps, cell: cell! }))
    },
})
