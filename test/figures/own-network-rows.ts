import type { NetworkEdge, NetworkLayer, NetworkRow } from '../../src/figures/drawings/network-figure.js'

type Kind = NetworkLayer['kind']

const layer = (
  name: string,
  units: string,
  kind: Kind = 'dense',
  more: Partial<NetworkLayer> = {},
): NetworkLayer => ({
  name,
  label: name,
  units,
  kind,
  ...more,
})

const edges = (kind: NetworkEdge['kind'], ...pairs: readonly string[]): NetworkEdge[] =>
  pairs.map((pair) => {
    const [from, to] = pair.split(' > ')
    return { from: from!, to: to!, kind }
  })

const chain = (...names: string[]): NetworkEdge[] =>
  names.slice(1).map((to, i) => ({ from: names[i]!, to, kind: 'forward' }))

const pixels = layer('pixels', '28×7', 'input')
const readout = layer('readout', '10', 'readout')

/** Networks that a researcher may write, of every kind of wiring. */
export const ownNetworkRows: Readonly<Record<string, NetworkRow>> = {
  gru: {
    network: 'relu-gru',
    layers: [
      pixels,
      layer('input', '256'),
      layer('R-GRU cell', '72', 'cell', { gates: ['update', 'reset'] }),
      readout,
    ],
    edges: [
      ...chain('pixels', 'input', 'R-GRU cell', 'readout'),
      ...edges('recurrent', 'R-GRU cell > R-GRU cell'),
    ],
    steps: 12,
  },
  elman: {
    network: 'elman-relu',
    layers: [pixels, layer('hidden', '128', 'recurrent'), readout],
    edges: [...chain('pixels', 'hidden', 'readout'), ...edges('recurrent', 'hidden > hidden')],
    steps: 12,
  },
  twoLevels: {
    network: 'two-levels',
    layers: [
      pixels,
      layer('h1', '128'),
      layer('recurrent 1', '128', 'recurrent'),
      layer('h2', '64'),
      layer('recurrent 2', '64', 'recurrent'),
      readout,
    ],
    edges: [
      ...chain('pixels', 'h1', 'h2', 'readout'),
      ...edges('forward', 'h1 > recurrent 1', 'h2 > recurrent 2'),
      ...edges('recurrent', 'recurrent 1 > h1', 'recurrent 2 > h2'),
    ],
    steps: 12,
  },
  twoLoops: {
    network: 'two-loops',
    layers: [
      pixels,
      layer('lower level', '128', 'recurrent'),
      layer('upper level', '64', 'recurrent'),
      readout,
    ],
    edges: [
      ...chain('pixels', 'lower level', 'upper level', 'readout'),
      ...edges('recurrent', 'lower level > lower level', 'upper level > upper level'),
    ],
    steps: 12,
  },
  bidirectional: {
    network: 'bidirectional',
    layers: [pixels, layer('forward', '64', 'recurrent'), layer('backward', '64', 'recurrent'), readout],
    edges: [
      ...edges('forward', 'pixels > forward', 'pixels > backward', 'forward > readout', 'backward > readout'),
      ...edges('recurrent', 'forward > forward'),
      ...edges('recurrentBackward', 'backward > backward'),
    ],
    steps: 12,
  },
  bidirectionalDeep: {
    network: 'bidirectional-deep',
    layers: [
      pixels,
      layer('input', '256'),
      layer('forward hidden', '128'),
      layer('forward memory', '128', 'recurrent'),
      layer('backward hidden', '128'),
      layer('backward memory', '128', 'recurrent'),
      layer('output', '32', 'dense', { atEnd: true }),
      readout,
    ],
    edges: [
      ...chain('pixels', 'input', 'forward hidden', 'output', 'readout'),
      ...chain('input', 'backward hidden', 'output'),
      ...edges('forward', 'forward hidden > forward memory', 'backward hidden > backward memory'),
      ...edges('recurrent', 'forward memory > forward hidden'),
      ...edges('recurrentBackward', 'backward memory > backward hidden'),
    ],
    steps: 12,
  },
  everyStep: {
    network: 'reads-every-step',
    layers: [
      pixels,
      layer('hidden', '128', 'recurrent'),
      layer('mean of all steps', '128', 'pool', { atEnd: true }),
      readout,
    ],
    edges: [
      ...chain('pixels', 'hidden'),
      ...edges('everyStep', 'hidden > mean of all steps'),
      ...chain('mean of all steps', 'readout'),
      ...edges('recurrent', 'hidden > hidden'),
    ],
    steps: 12,
  },
  skips: {
    network: 'skips-and-feedback',
    layers: [
      pixels,
      layer('hidden', '128'),
      layer('second hidden', '64'),
      layer('output per step', '10', 'readout', { atEnd: false }),
    ],
    edges: [
      ...chain('pixels', 'hidden', 'second hidden', 'output per step'),
      ...edges('forward', 'pixels > output per step', 'hidden > output per step'),
      ...edges(
        'recurrent',
        'output per step > hidden',
        'second hidden > hidden',
        'second hidden > second hidden',
      ),
    ],
    steps: 12,
  },
  branches: {
    network: 'branches',
    layers: [
      pixels,
      layer('conv 1×1', '8', 'conv'),
      layer('conv 3×3', '16', 'conv'),
      layer('conv 5×5', '24', 'conv'),
      layer('joined', '48', 'dense'),
      layer('LSTM cell', '72', 'cell', { gates: ['input', 'forget', 'output'] }),
      readout,
    ],
    edges: [
      ...edges('forward', 'pixels > conv 1×1', 'pixels > conv 3×3', 'pixels > conv 5×5'),
      ...edges('forward', 'conv 1×1 > joined', 'conv 3×3 > joined', 'conv 5×5 > joined'),
      ...chain('joined', 'LSTM cell', 'readout'),
      ...edges('recurrent', 'LSTM cell > LSTM cell'),
    ],
    steps: 28,
  },
  deepConvolutions: {
    network: 'deep-convolutions',
    layers: [
      layer('pixels', '56×8', 'input'),
      ...[1, 2, 3, 4].flatMap((i) => [
        layer(`convolution ${i}a`, `3×3×${8 * i}`, 'conv'),
        layer(`convolution ${i}b`, `3×3×${8 * i}`, 'conv'),
        layer(`max ${i}`, '2×2', 'pool'),
      ]),
      layer('hidden', '256', 'recurrent'),
      readout,
    ],
    edges: [
      ...chain(
        'pixels',
        ...[1, 2, 3, 4].flatMap((i) => [`convolution ${i}a`, `convolution ${i}b`, `max ${i}`]),
        'hidden',
        'readout',
      ),
      ...edges('recurrent', 'hidden > hidden'),
    ],
    steps: 12,
  },
  longNames: {
    network: 'a-network-with-a-rather-long-name',
    layers: [
      layer('picture elements', '28×7', 'input'),
      layer('feature detector', '256'),
      layer('recurrent memory', '1024', 'recurrent'),
      layer('evidence summing', '32', 'dense', { atEnd: true }),
      layer('class logits out', '100', 'readout'),
    ],
    edges: [
      ...chain('picture elements', 'feature detector', 'evidence summing', 'class logits out'),
      ...edges('forward', 'feature detector > recurrent memory'),
      ...edges('recurrent', 'recurrent memory > feature detector'),
    ],
  },
  manyMemories: {
    network: 'many-memories',
    layers: [
      pixels,
      layer('hidden', '64'),
      layer('fast', '64', 'recurrent'),
      layer('slow', '64', 'recurrent'),
      readout,
    ],
    edges: [
      ...chain('pixels', 'hidden', 'readout'),
      ...edges('forward', 'hidden > fast', 'hidden > slow'),
      ...edges('recurrent', 'fast > hidden', 'slow > hidden', 'hidden > hidden'),
    ],
    steps: 12,
  },
  noRecurrence: {
    network: 'no-recurrence',
    layers: [
      layer('pixels', '28×84', 'input', { atEnd: true }),
      layer('hidden', '64', 'dense', { atEnd: true }),
      readout,
    ],
    edges: chain('pixels', 'hidden', 'readout'),
  },
}
