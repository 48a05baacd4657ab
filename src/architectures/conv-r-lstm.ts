import { layer } from '../network/parameters.js'
import {
  CONVOLUTION_UNITS,
  convolutionFeatures,
  convolutionParameters,
  featureCount,
} from './convolutions.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'
import { cellParameters, lstmRecurrence } from './lstm-recurrence.js'

/** ConvR-LSTM: R-LSTM behind two convolutions. */
export const convRLstm = defineArchitecture({
  id: 'conv-r-lstm',
  title: 'ConvR-LSTM',
  units: { ...CONVOLUTION_UNITS, input: 128, cell: 96 },
  parameters: (geometry, units) => [
    ...convolutionParameters(units),
    ...layer('input', [featureCount(geometry, units), units.input!]),
    ...cellParameters(units.input!, units.cell!),
    ...layer('readout', [units.cell!, geometry.classes]),
  ],
  forward:
    (geometry, { cell }) =>
    (ops, w, x) => {
      const features = convolutionFeatures(ops, w, x, geometry)
      const input = denseLayer(ops, w, 'input', features, 'nonnegative', 'all')
      return readout(ops, w, lstmRecurrence(ops, w, input, { steps: geometry.steps, cell: cell! }))
    },
})
