import type { EdgeDescription } from './description.js'
import type { Trace, TraceNode } from './trace.js'

const LAYERS = new Set(['affine', 'conv2d', 'averagePool', 'maxPool'])

/** Whether a node is a layer, and not an activation, a gate or a movement of data. */
export const isLayer = ({ operation }: TraceNode): boolean => LAYERS.has(operation)

/** A layer, and how often it was computed before. */
export interface Occurrence {
  readonly layer: string
  readonly index: number
}

/** Which layers reach which nodes of a trace without passing another layer. */
export class Wiring {
  /** The nodes of each layer by name, in order. */
  readonly layers = new Map<string, TraceNode[]>()
  private readonly occurrences = new Map<number, Occurrence>()
  private readonly sources = new Map<number, readonly Occurrence[]>()

  constructor(private readonly trace: Trace) {
    for (const node of trace.nodes) {
      if (!isLayer(node)) continue
      const own = this.layers.get(node.name!) ?? []
      this.layers.set(node.name!, own)
      this.occurrences.set(node.id, { layer: node.name!, index: own.length })
      own.push(node)
    }
  }

  /** The signals that a node reads, without kernels and biases. */
  signalsOf({ operation, inputs, terms }: TraceNode): readonly number[] {
    if (terms) return terms.map(({ x }) => x)
    return operation === 'conv2d' ? inputs.slice(0, 1) : operation === 'initial' ? [] : inputs
  }

  /** The layers behind a signal; `pixels` where the sequences are. */
  sourcesOf(id: number): readonly Occurrence[] {
    const known = this.sources.get(id)
    if (known) return known
    const node = this.trace.nodes[id]!
    const own = this.occurrences.get(id)
    const found = own
      ? [own]
      : node.operation === 'sequences'
        ? [{ layer: 'pixels', index: 0 }]
        : distinct(this.signalsOf(node).flatMap((signal) => this.sourcesOf(signal)))
    this.sources.set(id, found)
    return found
  }

  /** The layers that a node reads, of each the latest. */
  latestSourcesOf(node: TraceNode): ReadonlyMap<string, number> {
    const latest = new Map<string, number>()
    for (const { layer, index } of this.signalsOf(node).flatMap((signal) => this.sourcesOf(signal)))
      latest.set(layer, Math.max(latest.get(layer) ?? -1, index))
    return latest
  }

  /** The step of the first tap that a layer reaches, computed for the `index`-th time; undefined where it reaches none. */
  stepOf(layer: string, index: number): number | undefined {
    const tap = this.trace.nodes.find(
      ({ id, operation, step }) =>
        operation === 'tap' &&
        typeof step === 'number' &&
        this.sourcesOf(id).some((source) => source.layer === layer && source.index === index),
    )
    return typeof tap?.step === 'number' ? tap.step : undefined
  }

  /** Every connection from layer to layer, once. */
  edges(): EdgeDescription[] {
    const kinds = new Map<string, EdgeDescription>()
    for (const [to, nodes] of this.layers) {
      for (const [index, node] of nodes.entries()) {
        for (const [from, at] of this.latestSourcesOf(node)) {
          // What was finished before the first step of this layer is of no step before another.
          const last = this.layers.get(from)?.at(-1)
          const isFinished = last === undefined || last.id < nodes[0]!.id
          const kind = !isFinished && at < index ? 'recurrent' : 'forward'
          kinds.set(`${from} ${to} ${kind}`, { from, to, kind })
        }
      }
    }
    return [...kinds.values()]
  }

  /** The parameters behind a node's kernels and biases. */
  parametersOf({ inputs, terms }: TraceNode): string[] {
    const signals = new Set(terms?.map(({ x }) => x) ?? inputs.slice(0, 1))
    const found = new Set<string>()
    const follow = (id: number) => {
      const node = this.trace.nodes[id]!
      if (node.operation === 'parameter') found.add(node.name!)
      else for (const input of node.inputs) follow(input)
    }
    for (const input of inputs) if (!signals.has(input)) follow(input)
    return [...found]
  }
}

function distinct(occurrences: readonly Occurrence[]): Occurrence[] {
  const known = new Map<string, Occurrence>()
  for (const occurrence of occurrences) known.set(`${occurrence.layer} ${occurrence.index}`, occurrence)
  return [...known.values()]
}
