import type { Geometry } from '../geometry.js'
import type { Forward } from '../operations.js'
import type { ParameterSpec } from '../parameters.js'
import { cellsOf } from './cells.js'
import type { Description, LayerDescription, LayerKind, ProductDescription } from './description.js'
import { fingerprintOf } from './fingerprint.js'
import { statesOf } from './states.js'
import type { Trace, TraceNode } from './trace.js'
import { traceNetwork } from './trace-network.js'
import { Wiring } from './wiring.js'

export type {
  CellDescription,
  Description,
  EdgeDescription,
  LayerDescription,
  LayerKind,
  LayerTime,
  ProductDescription,
  StateDescription,
} from './description.js'

const KINDS: Readonly<Record<string, LayerKind>> = {
  affine: 'dense',
  conv2d: 'convolution',
  averagePool: 'averagePool',
  maxPool: 'maxPool',
}

/**
 * Describes a network by walking through it once on shapes alone: its layers and what feeds what, its cells and states, what it
 * multiplies, and the fingerprint of its computation.
 *
 * @throws Error saying what is wrong with the network, see `traceNetwork`
 */
export function describeNetwork(
  specs: readonly ParameterSpec[],
  forward: Forward,
  geometry: Geometry,
): Description {
  const trace = traceNetwork(specs, forward, geometry)
  const wiring = new Wiring(trace)
  const products = productsOf(trace)
  return {
    layers: [...wiring.layers].map(([name, nodes]) => layerOf(name, nodes, trace, wiring, geometry.steps)),
    edges: wiring.edges(),
    cells: cellsOf(trace, wiring),
    states: statesOf(trace, geometry.steps),
    products,
    multiplications: products.reduce((sum, { rows, inputs, outputs }) => sum + rows * inputs * outputs, 0),
    fingerprint: fingerprintOf(specs, trace),
  }
}

function layerOf(
  name: string,
  nodes: readonly TraceNode[],
  trace: Trace,
  wiring: Wiring,
  steps: number,
): LayerDescription {
  const [first] = nodes as [TraceNode]
  const kind = KINDS[first.operation]!
  const window =
    kind === 'dense'
      ? null
      : kind === 'convolution'
        ? trace.nodes[first.inputs[1]!]!.shape.slice(0, 2)
        : [2, 2]
  return {
    name,
    kind,
    units: first.shape.at(-1)!,
    ...(window ? { window: window as [number, number] } : {}),
    activation: activationOf(nodes, trace),
    // All steps may come in parts, as those of a long sequence do in convolutions.
    time: first.shape[0]! > 1 ? 'allSteps' : nodes.length > 1 ? 'eachStep' : 'once',
    isBackward: isBackward(name, nodes, wiring, steps),
    parameters: kind === 'dense' || kind === 'convolution' ? wiring.parametersOf(first) : [],
  }
}

/** Whether a layer reads later steps first: as its inputs tell where all were multiplied at once, or else its taps. */
function isBackward(name: string, nodes: readonly TraceNode[], wiring: Wiring, steps: number): boolean {
  if (nodes.length < 2) return false
  const order = nodes.flatMap(({ terms }) => terms?.filter((term) => term.steps === steps).slice(0, 1) ?? [])
  const [first, second] =
    order.length > 1 ? order.map(({ step }) => step) : [wiring.stepOf(name, 0), wiring.stepOf(name, 1)]
  return first !== undefined && second !== undefined && first > second
}

/** The activation that reads a layer's sum, perhaps after this was moved or dropped out of. */
function activationOf(layer: readonly TraceNode[], { nodes }: Trace): LayerDescription['activation'] {
  const sums = new Set(layer.map(({ id }) => id))
  for (const { id, operation, inputs } of nodes) {
    if (inputs.length !== 1 || !sums.has(inputs[0]!)) continue
    if (isActivation(operation)) return operation
    if (/^[A-Z]/.test(operation) || operation === 'tap' || operation === 'keep') sums.add(id)
  }
  return null
}

const isActivation = (operation: string): operation is NonNullable<LayerDescription['activation']> =>
  ['relu', 'tanh', 'sigmoid', 'hardSigmoid'].includes(operation)

function productsOf({ nodes }: Trace): ProductDescription[] {
  const attended = nodes.find(({ operation }) => operation === 'attend')?.id ?? Infinity
  return nodes.flatMap(({ id, operation, name, terms, shape, inputs }): ProductDescription[] => {
    // What is computed after an attention may read means of pixels, whose gradient the scores want.
    const readsPixels = (x: number) => nodes[x]!.values === 'pixels' && id <= attended
    if (terms) {
      return terms.map(({ x, kernel }) => {
        const [ins, outputs] = nodes[kernel]!.shape as [number, number]
        return { layer: name!, rows: shape[0]!, inputs: ins, outputs, readsPixels: readsPixels(x) }
      })
    }
    if (operation === 'attend') {
      const [[steps, hops], [, outputs]] = inputs.map((input) => nodes[input]!.shape) as [number, number][]
      const rows = steps! * hops!
      return [{ layer: name!, rows, inputs: steps!, outputs: outputs!, readsPixels: readsPixels(inputs[1]!) }]
    }
    if (operation !== 'conv2d') return []
    const [h, w, ins, outputs] = nodes[inputs[1]!]!.shape as [number, number, number, number]
    const rows = shape[0]! * shape[1]! * shape[2]!
    return [{ layer: name!, rows, inputs: h * w * ins, outputs, readsPixels: readsPixels(inputs[0]!) }]
  })
}
