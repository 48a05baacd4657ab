import { layer } from '../network/parameters.js'
import {
  CONVOLUTION_UNITS,
  convolutionFeatures,
  convolutionParameters,
  featureCount,
} from './convolutions.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'
import { reluRecurrence } from './relu-recurrence.js'

/** ConvDeep: Deep behind two convolutions. */
export const convDeep = defineArchitecture({
  id: 'convdeep',
  title: 'ConvDeep',
  units: { ...CONVOLUTION_UNITS, input: 128, hidden: 128, recurrent: 256, output: 32 },
  parameters: (geometry, units) => [
    ...convolutionParameters(units),
    ...layer('input', [featureCount(geometry, units), units.input!]),
    ...layer('hidden', [units.input! + units.recurrent!, units.hidden!]),
    ...layer('recurrent', [units.hidden!, units.recurrent!]),
    ...layer('output', [units.hidden!, units.output!]),
    ...layer('readout', [units.output!, geometry.classes]),
  ],
  forward:
    (geometry, { recurrent }) =>
    (ops, w, x) => {
      const features = convolutionFeatures(ops, w, x, geometry)
      const input = denseLayer(ops, w, 'input', features, 'nonnegative', 'all')
      const hidden = reluRecurrence(ops, w, input, 'nonnegative', {
        steps: geometry.steps,
        recurrent: recurrent!,
      })
      const output = denseLayer(ops, w, 'output', hidden, 'nonnegative', geometry.steps - 1)
      return readout(ops, w, output)
    },
})
