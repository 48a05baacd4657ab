import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { denseLayer, readout } from './dense-layer.js'
import { reluRecurrence } from './relu-recurrence.js'

/** Deep: an input layer before the recurrence and an output layer behind it. */
export const deep = defineArchitecture({
  id: 'deep',
  title: 'Deep',
  units: { input: 256, hidden: 128, recurrent: 256, output: 32 },
  parameters: ({ rows, stepColumns, classes }, { input, hidden, recurrent, output }) => [
    ...layer('input', [rows * stepColumns, input!]),
    ...layer('hidden', [input! + recurrent!, hidden!]),
    ...layer('recurrent', [hidden!, recurrent!]),
    ...layer('output', [hidden!, output!]),
    ...layer('readout', [output!, classes]),
  ],
  forward:
    (geometry, { recurrent }) =>
    (ops, w, x) => {
      const input = denseLayer(ops, w, 'input', frames(x, geometry), 'pixels', 'all')
      const hidden = reluRecurrence(ops, w, input, 'nonnegative', {
        steps: geometry.steps,
        recurrent: recurrent!,
      })
      const output = denseLayer(ops, w, 'output', hidden, 'nonnegative', geometry.steps - 1)
      return readout(ops, w, output)
    },
})
