import type { Architecture } from '../architectures/index.js'
import type { NetworkEdge, NetworkLayer, NetworkRow } from '../figures/drawings/network-figure.js'
import type { Geometry, Units } from '../network/geometry.js'
import { sizeOf } from '../network/parameters.js'

/** A network's layers, sizes and connections for the network figure, read off the names of its parameters. */
export function networkRow(
  { id: name, parameters, units: thesisUnits }: Architecture,
  geometry: Geometry,
  units: Units = thesisUnits,
): NetworkRow {
  const names = new Set(parameters(geometry, units).map((spec) => spec.name.split('.')[0]!))
  const trunk: NetworkLayer[] = [
    {
      name: 'pixels',
      label: 'pixels',
      units: `${geometry.rows}×${geometry.stepColumns}`,
      kind: 'input',
    },
  ]
  const edges: NetworkEdge[] = []
  const stack = (layer: NetworkLayer) => {
    edges.push({ from: trunk.at(-1)!.name, to: layer.name, kind: 'forward' })
    trunk.push(layer)
  }
  if (names.has('conv1')) {
    stack({ name: 'conv1', label: 'convolution', units: `5×5×${units.conv1}`, kind: 'conv' })
    stack({ name: 'pool1', label: 'mean', units: '2×2', kind: 'pool' })
    stack({ name: 'conv2', label: 'convolution', units: `3×3×${units.conv2}`, kind: 'conv' })
    stack({ name: 'pool2', label: 'mean', units: '2×2', kind: 'pool' })
  }
  if (names.has('input')) stack({ name: 'input', label: 'input', units: String(units.input), kind: 'dense' })
  const beside: NetworkLayer[] = []
  if (names.has('hidden')) {
    stack({ name: 'hidden', label: 'hidden', units: String(units.hidden), kind: 'dense' })
    beside.push({
      name: 'recurrent',
      label: 'recurrent',
      units: String(units.recurrent),
      kind: 'recurrent',
    })
    edges.push({ from: 'hidden', to: 'recurrent', kind: 'forward' })
    edges.push({ from: 'recurrent', to: 'hidden', kind: 'recurrent' })
  }
  if (names.has('candidate')) {
    stack({ name: 'cell', label: 'LSTM cell', units: String(units.cell), kind: 'cell' })
    edges.push({ from: 'cell', to: 'cell', kind: 'recurrent' })
  }
  if (names.has('output')) {
    stack({ name: 'output', label: 'output', units: String(units.output), kind: 'dense', atEnd: true })
  }
  stack({ name: 'readout', label: 'readout', units: String(geometry.classes), kind: 'readout' })
  return { network: name, layers: [...trunk, ...beside], edges, steps: geometry.steps }
}

/** How many numbers a network learns, layer by layer. */
export interface ParameterRow {
  readonly network: string
  readonly layer: string
  /** The kernel's shape, such as `452×128`. */
  readonly kernel: string
  readonly weights: number
  readonly biases: number
  /** Whether the biases are kept at or below 0, or are free as gates' are. */
  readonly bias: '≤ 0' | 'free'
}

/** The layers of a network with the shapes of their kernels and the numbers of their parameters. */
export function parameterRows(
  { id: name, parameters, units: thesisUnits }: Architecture,
  geometry: Geometry,
  units: Units = thesisUnits,
): ParameterRow[] {
  const specs = parameters(geometry, units)
  return specs
    .filter(({ kind }) => kind === 'kernel')
    .map((kernel): ParameterRow => {
      const layer = kernel.name.split('.')[0]!
      const bias = specs.find((spec) => spec.name === `${layer}.bias`)!
      return {
        network: name,
        layer,
        kernel: kernel.shape.join('×'),
        weights: sizeOf(kernel.shape),
        biases: sizeOf(bias.shape),
        bias: bias.kind === 'negativeBias' ? '≤ 0' : 'free',
      }
    })
}
