import type { NetworkEdge, NetworkLayer, NetworkRow } from '../../src/figures/drawings/network-figure.js'

const layer = (
  name: string,
  units: string,
  row: number,
  kind: NetworkLayer['kind'] = 'dense',
): NetworkLayer => ({
  name,
  label: name === 'x' ? '<i>x</i><sub>t</sub>' : name,
  units,
  kind,
  row,
  ...(name === 'output' ? { atEnd: true } : {}),
})

const chain = (...names: string[]): NetworkEdge[] =>
  names.slice(1).map((to, i) => ({ from: names[i]!, to, kind: 'forward' }))

const loop: NetworkEdge[] = [
  { from: 'hidden', to: 'recurrent', kind: 'forward' },
  { from: 'recurrent', to: 'hidden', kind: 'recurrent' },
]

const recurrent: NetworkLayer = { name: 'recurrent', label: 'recurrent', units: '256', kind: 'recurrent' }

const convolutions = [
  layer('x', '28×7', 0, 'input'),
  layer('conv 5×5', '24', 1, 'conv'),
  layer('pool', '', 2, 'pool'),
  layer('conv 3×3', '32', 3, 'conv'),
  layer('pool 2×2', '', 4, 'pool'),
]

const features = ['x', 'conv 5×5', 'pool', 'conv 3×3', 'pool 2×2']

/** The five networks of the thesis. */
export const networkRows: readonly NetworkRow[] = [
  {
    network: 'shallow',
    layers: [
      layer('x', '28×7', 5, 'input'),
      layer('hidden', '256', 6),
      recurrent,
      layer('readout', '10', 8, 'readout'),
    ],
    steps: 12,
    edges: [...chain('x', 'hidden', 'readout'), ...loop],
  },
  {
    network: 'deep',
    layers: [
      layer('x', '28×7', 4, 'input'),
      layer('input', '256', 5),
      layer('hidden', '128', 6),
      recurrent,
      layer('output', '32', 7),
      layer('readout', '10', 8, 'readout'),
    ],
    steps: 12,
    edges: [...chain('x', 'input', 'hidden', 'output', 'readout'), ...loop],
  },
  {
    network: 'convdeep',
    layers: [
      ...convolutions,
      layer('input', '128', 5),
      layer('hidden', '128', 6),
      recurrent,
      layer('output', '32', 7),
      layer('readout', '10', 8, 'readout'),
    ],
    steps: 12,
    edges: [...chain(...features, 'input', 'hidden', 'output', 'readout'), ...loop],
  },
  {
    network: 'r-lstm',
    layers: [
      layer('x', '28×7', 4, 'input'),
      layer('input', '256', 5),
      layer('cell', '72', 6, 'cell'),
      layer('readout', '10', 8, 'readout'),
    ],
    steps: 12,
    edges: [...chain('x', 'input', 'cell', 'readout'), { from: 'cell', to: 'cell', kind: 'recurrent' }],
  },
  {
    network: 'conv-r-lstm',
    layers: [
      ...convolutions,
      layer('input', '128', 5),
      layer('cell', '96', 6, 'cell'),
      layer('readout', '10', 8, 'readout'),
    ],
    steps: 12,
    edges: [
      ...chain(...features, 'input', 'cell', 'readout'),
      { from: 'cell', to: 'cell', kind: 'recurrent' },
    ],
  },
]
