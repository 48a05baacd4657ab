import { layer } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import { defineArchitecture } from './define-architecture.js'
import { readout } from './dense-layer.js'
import { reluRecurrence } from './relu-recurrence.js'

/** Shallow: a hidden layer that reads the pixels and its own past; the readout reads the last hidden layer. */
export const shallow = defineArchitecture({
  id: 'shallow',
  title: 'Shallow',
  units: { hidden: 256, recurrent: 256 },
  parameters: ({ rows, stepColumns, classes }, { hidden, recurrent }) => [
    ...layer('hidden', [rows * stepColumns + recurrent!, hidden!]),
    ...layer('recurrent', [hidden!, recurrent!]),
    ...layer('readout', [hidden!, classes]),
  ],
  forward:
    (geometry, { recurrent }) =>
    (ops, w, x) => {
      const pixels = frames(x, geometry)
      const hidden = reluRecurrence(ops, w, pixels, 'pixels', {
        steps: geometry.steps,
        recurrent: recurrent!,
      })
      return readout(ops, w, hidden)
    },
})
