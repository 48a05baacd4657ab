import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'
import { reluRecurrence } from './relu-recurrence.js'

/** DeepV2: Deep with a second input layer, so that a pixel is one layer further from the recurrence. */
export const deepV2 = defineArchitecture({
  id: 'deep-v2',
  title: 'DeepV2',
  units: { input: 256, input2: 128, hidden: 128, recurrent: 256, output: 32 },
  parameters: ({ rows, stepColumns, classes }, { input, input2, hidden, recurrent, output }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...layer('input2', [input!, input2!]),
    ...layer('hidden', [input2! + recurrent!, hidden!]),
    ...layer('recurrent', [hidden!, recurrent!]),
    ...layer('output', [hidden!, output!]),
    ...layer('readout', [output!, classes]),
  ],
  forward:
    ({ steps, ...geometry }, { recurrent }) =>
    (ops, w, x) => {
      const first = denseLayer(ops, w, 'input', frames(x, { steps, ...geometry }), 'pixels', 'all')
      const second = denseLayer(ops, w, 'input2', first, 'nonnegative', 'all')
      const hidden = reluRecurrence(ops, w, second, 'nonnegative', { steps, recurrent: recurrent! })
      return readout(ops, w, denseLayer(ops, w, 'output', hidden, 'nonnegative', steps - 1))
    },
})
