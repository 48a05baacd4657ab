import { type Architecture, describe } from '../architectures/index.js'
import type { NetworkEdge, NetworkLayer, NetworkRow } from '../figures/drawings/network-figure.js'
import type { CellDescription, Description, LayerDescription } from '../network/describe/index.js'
import type { Geometry, Units } from '../network/geometry.js'
import { sizeOf } from '../network/parameters.js'

/**
 * A network's layers, sizes and connections for the network figure, from one walk through it; cells are drawn as one.
 *
 * @example
 * networkFigure([networkRow(rLstm, THESIS_GEOMETRY)])
 */
export function networkRow(
  architecture: Architecture,
  geometry: Geometry,
  units: Units = architecture.units,
): NetworkRow {
  const description = describe(architecture, geometry, units)
  const nodeOf = nodesByLayer(description)
  const edges = edgesBetween(description, nodeOf)
  const last = description.layers.at(-1)!.name
  const onTheWay = reachedBackwards(nodeOf.get(last)!, edges)
  const drawn = new Map<string, NetworkLayer>()
  for (const layer of description.layers) {
    const name = nodeOf.get(layer.name)!
    if (drawn.has(name)) continue
    const cell = description.cells.find(({ layers }) => layers.includes(layer.name))
    if (cell) {
      drawn.set(name, cellOf(name, cell, description))
    } else {
      // What remembers its own last step, and what only reaches the next one, is memory.
      const isMemory = !onTheWay.has(name) || edges.some(({ from, to }) => from === name && to === name)
      drawn.set(name, layerOf(layer, { isLast: layer.name === last, isMemory }))
    }
  }
  const pixels: NetworkLayer = {
    name: 'pixels',
    label: 'pixels',
    units: `${geometry.rows}×${geometry.stepColumns}`,
    kind: 'input',
  }
  const layers = [...drawn.values()]
  const isBeside = ({ name }: NetworkLayer) => !onTheWay.has(name)
  return {
    network: architecture.id,
    layers: [pixels, ...layers.filter((layer) => !isBeside(layer)), ...layers.filter(isBeside)],
    edges,
    steps: geometry.steps,
  }
}

/** The box of each layer: its own, or that of its cell. */
function nodesByLayer({ layers, cells }: Description): ReadonlyMap<string, string> {
  const nodes = new Map(layers.map(({ name }) => [name, name]))
  for (const cell of cells) for (const layer of cell.layers) nodes.set(layer, cell.layers.join(' and '))
  return nodes
}

/** A cell as one box; the gates of an LSTM go without saying. */
function cellOf(
  name: string,
  { kind, units, layers }: CellDescription,
  description: Description,
): NetworkLayer {
  const box = { name, units: String(units), kind: 'cell' } as const
  if (kind === 'lstm') return { ...box, label: 'LSTM cell' }
  const isGate = ({ name, activation }: LayerDescription) =>
    layers.includes(name) && (activation === 'sigmoid' || activation === 'hardSigmoid')
  return { ...box, label: 'gated cell', gates: description.layers.filter(isGate).map(({ name }) => name) }
}

function edgesBetween({ edges, layers }: Description, nodeOf: ReadonlyMap<string, string>): NetworkEdge[] {
  const distinct = new Map<string, NetworkEdge>()
  const isBackward = (name: string) => layers.some((layer) => layer.name === name && layer.isBackward)
  for (const { kind: order, ...ends } of edges) {
    const kind = order === 'recurrent' && isBackward(ends.to) ? 'recurrentBackward' : order
    const [from, to] = [nodeOf.get(ends.from) ?? ends.from, nodeOf.get(ends.to)!]
    // Inside a cell only what reaches the next step is drawn.
    if (from === to && kind === 'forward') continue
    distinct.set(`${from} ${to} ${kind}`, { from, to, kind })
  }
  return [...distinct.values()]
}

/** The boxes from which one is reached within a step. */
function reachedBackwards(to: string, edges: readonly NetworkEdge[]): ReadonlySet<string> {
  const reached = new Set([to])
  const waiting = [to]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const edge of edges) {
      if (edge.kind !== 'forward' || edge.to !== node || reached.has(edge.from)) continue
      reached.add(edge.from)
      waiting.push(edge.from)
    }
  }
  return reached
}

function layerOf(
  { name, kind, units, window, time }: LayerDescription,
  { isLast, isMemory }: { readonly isLast: boolean; readonly isMemory: boolean },
): NetworkLayer {
  const sides = window?.join('×')
  const atEnd = time === 'once' ? { atEnd: true } : {}
  switch (kind) {
    case 'convolution':
      return { name, label: 'convolution', units: `${sides}×${units}`, kind: 'conv', ...atEnd }
    case 'averagePool':
      return { name, label: 'mean', units: sides!, kind: 'pool', ...atEnd }
    case 'maxPool':
      return { name, label: 'maximum', units: sides!, kind: 'pool', ...atEnd }
    case 'dense':
      if (isLast) return { name, label: name, units: String(units), kind: 'readout' }
      return { name, label: name, units: String(units), kind: isMemory ? 'recurrent' : 'dense', ...atEnd }
  }
}

/** How many numbers a network learns, layer by layer. */
export interface ParameterRow {
  readonly network: string
  readonly layer: string
  /** The kernel's shape, such as `452×128`. */
  readonly kernel: string
  readonly weights: number
  readonly biases: number
  /** Whether the biases are kept at or below 0, or are free as gates' are; `none` where there is none. */
  readonly bias: '≤ 0' | 'free' | 'none'
}

/**
 * The kernels of a network with their shapes and the numbers of their parameters; a kernel's bias has its name up to the last dot.
 *
 * @example
 * parameterRows(rLstm, THESIS_GEOMETRY).map(({ layer, kernel }) => `${layer}: ${kernel}`)
 */
export function parameterRows(
  { id, parameters, units: own }: Architecture,
  geometry: Geometry,
  units: Units = own,
): ParameterRow[] {
  const specs = parameters(geometry, units)
  const stem = (name: string) => name.slice(0, name.lastIndexOf('.'))
  const biases = specs.filter(({ kind }) => kind !== 'kernel')
  const kernels = specs.filter(({ kind }) => kind === 'kernel')
  const rows = kernels.map(({ name, shape }): ParameterRow => {
    const bias = biases.find((spec) => stem(spec.name) === stem(name))
    return {
      network: id,
      layer: stem(name),
      kernel: shape.join('×'),
      weights: sizeOf(shape),
      biases: bias ? sizeOf(bias.shape) : 0,
      bias: bias ? (bias.kind === 'negativeBias' ? '≤ 0' : 'free') : 'none',
    }
  })
  // Several kernels may share a bias's name, as those of an input and a state do: it is counted once.
  const counted = new Set<string>()
  return rows.map((row) => {
    if (!counted.has(row.layer)) {
      counted.add(row.layer)
      return row
    }
    return { ...row, biases: 0, bias: 'none' }
  })
}
