import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { ParameterSpec } from '../parameters.js'
import type { Trace, TraceNode } from './trace.js'

/**
 * A digest of a computation: of the operations that the logits depend on and how they are wired, of dropout in its order, and of the
 * parameters. Names of layers and taps, the order of statements, what is computed twice or for nothing do not count.
 */
export function fingerprintOf(specs: readonly ParameterSpec[], trace: Trace): string {
  const dropouts = trace.nodes.filter(({ operation }) => operation === 'keep')
  const lines = new Lines(trace, [...new Set(dropouts.map(({ name }) => name!))])
  const logits = lines.of(trace.logits)
  // Masks are drawn in the order of the layers, so that this one does count.
  const masks = dropouts.map(({ id }) => lines.of(id))
  const parameters = specs
    .map(({ name, shape, kind }) => [name, shape, kind] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([parameters, lines.all, logits, masks]))))
}

/** The distinct operations behind some nodes, each numbered after those that it reads. */
class Lines {
  readonly all: string[] = []
  private readonly numbers = new Map<number, number>()
  private readonly known = new Map<string, number>()

  constructor(
    private readonly trace: Trace,
    private readonly dropouts: readonly string[],
  ) {}

  /** The number of a node's operation. */
  of(node: number): number {
    // Visited without recursion, since long sequences make deep computations.
    const waiting = [node]
    while (waiting.length > 0) {
      const id = waiting.at(-1)!
      const open = this.numbers.has(id)
        ? []
        : this.readBy(this.trace.nodes[id]!).filter((input) => !this.numbers.has(input))
      if (open.length > 0) {
        waiting.push(...open.reverse())
        continue
      }
      waiting.pop()
      if (!this.numbers.has(id)) this.numbers.set(id, this.numberOf(this.trace.nodes[id]!))
    }
    return this.numbers.get(node)!
  }

  /** A state of zeros depends on nothing, whatever it is tied to. */
  private readBy({ operation, inputs }: TraceNode): readonly number[] {
    return operation === 'initial' ? [] : inputs
  }

  private numberOf(node: TraceNode): number {
    const { operation, inputs, shape, name, terms, attributes } = node
    if (this.changesNothing(node)) return this.numbers.get(inputs[0]!)!
    const read = terms
      ? [
          terms.map(({ x, kernel, step, steps }) => [
            this.numbers.get(x),
            this.numbers.get(kernel),
            step,
            steps,
          ]),
          this.numbers.get(inputs.at(-1)!),
        ]
      : this.readBy(node).map((input) => this.numbers.get(input))
    const own = operation === 'parameter' ? name : operation === 'keep' ? this.dropouts.indexOf(name!) : null
    const line = JSON.stringify([operation, shape, attributes ?? null, read, own])
    const known = this.known.get(line) ?? this.all.push(line) - 1
    this.known.set(line, known)
    return known
  }

  private changesNothing({ operation, inputs, shape }: TraceNode): boolean {
    if (operation === 'tap' || operation === 'Identity') return true
    return operation === 'Reshape' && this.trace.nodes[inputs[0]!]!.shape.join() === shape.join()
  }
}
