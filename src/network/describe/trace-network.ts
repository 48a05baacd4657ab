import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Geometry } from '../geometry.js'
import type { Domain, Forward, Operations, Parameters, Term } from '../operations.js'
import type { ParameterSpec } from '../parameters.js'
import { onShapes } from './shapes-backend.js'
import type { Trace, TracedTerm, TraceNode, Values } from './trace.js'

type Extra = Partial<Pick<TraceNode, 'name' | 'step' | 'terms' | 'attributes'>>

interface ShapeTerm extends Term, TracedTerm {
  readonly rows: number
  readonly out: number
}

const READS: Readonly<Record<Domain, readonly Values[]>> = {
  nonnegative: ['nonnegative', 'gate'],
  pixels: ['pixels'],
  signed: ['signed', 'nonnegative', 'gate'],
}

const WHAT: Readonly<Record<Values, string>> = {
  gate: 'a gate',
  nonnegative: 'activations ≥ 0',
  pixels: 'pixels',
  signed: 'signals that may be negative',
}

/** Notes the operations of one walk. */
class Notes {
  readonly nodes: TraceNode[] = []
  private readonly known = new WeakMap<object, number>()

  constructor(private readonly make: (shape: readonly number[]) => Tensor) {}

  /** The node of a tensor. */
  of({ dataId }: { readonly dataId: object }): TraceNode {
    const id = this.known.get(dataId)
    if (id === undefined)
      throw new Error(
        'it uses a tensor that was made outside it; parameters are the only ones that it may keep',
      )
    return this.nodes[id]!
  }

  /** Notes an operation and returns its output. */
  add<T extends Tensor>(
    operation: string,
    inputs: readonly number[],
    shape: readonly number[],
    values: Values,
    extra: Extra = {},
  ): T {
    const output = this.make(shape)
    this.note(output.dataId, operation, inputs, shape, values, extra)
    return output as T
  }

  note(
    data: object,
    operation: string,
    inputs: readonly number[],
    shape: readonly number[],
    values: Values,
    extra: Extra = {},
  ): void {
    this.known.set(data, this.nodes.length)
    this.nodes.push({ id: this.nodes.length, operation, inputs, shape: [...shape], values, ...extra })
  }
}

/**
 * Writes down what a network computes for one sequence, on shapes alone: nothing is multiplied and no backend is needed.
 *
 * @throws Error naming the layer where shapes do not fit or an input is declared to be what it is not; naming the operation where the
 *   network computes with anything but the algebra and movements of data
 */
export function traceNetwork(specs: readonly ParameterSpec[], forward: Forward, geometry: Geometry): Trace {
  const open: { notes: Notes | null } = { notes: null }
  const listener = {
    constant(data: object, shape: readonly number[], values: ArrayLike<number>) {
      const digest = bytesToHex(sha256(new Uint8Array(Float64Array.from(values).buffer)))
      const least = Array.from(values).every((value) => value >= 0)
      open.notes!.note(data, 'constant', [], shape, least ? 'nonnegative' : 'signed', { attributes: digest })
    },
    moved(
      kernel: string,
      from: readonly { readonly dataId: object }[],
      to: object,
      shape: readonly number[],
      attributes: unknown,
    ) {
      const sources = from.map((tensor) => open.notes!.of(tensor))
      open.notes!.note(
        to,
        kernel,
        sources.map(({ id }) => id),
        shape,
        joined(sources.map(({ values }) => values)),
        {
          attributes,
        },
      )
    },
  }
  return onShapes(listener, (tensor) => {
    const notes = new Notes(tensor)
    open.notes = notes
    const w: Parameters = Object.fromEntries(
      specs.map(({ name, shape }) => [name, notes.add('parameter', [], shape, 'signed', { name })]),
    )
    const { rows, steps, stepColumns, classes } = geometry
    const x = notes.add<Tensor3D>('sequences', [], [1, rows, steps * stepColumns], 'pixels')
    const logits = forward(shapeOperations(notes), guarded(w), x)
    const returned = Array.isArray(logits?.shape) ? `[${logits.shape}]` : String(logits)
    if (returned !== `[1,${classes}]`)
      throw new Error(
        `it returns ${returned} for one sequence; logits [batch, classes] = [1, ${classes}] are needed`,
      )
    return { nodes: notes.nodes, logits: notes.of(logits).id }
  })
}

/** Parameters, of which one that does not exist is refused by name. */
const guarded = (w: Parameters): Parameters =>
  new Proxy(w, {
    get: (target, name) => {
      if (typeof name !== 'string' || name in target) return Reflect.get(target, name)
      throw new Error(
        `it asks for a parameter '${name}' that it does not have; there are ${Object.keys(target).join(', ')}`,
      )
    },
  })

/** What is known of signals of several kinds that are put together. */
function joined(kinds: readonly Values[]): Values {
  const distinct = [...new Set(kinds)]
  if (distinct.length === 1) return distinct[0]!
  return distinct.every((kind) => kind === 'gate' || kind === 'nonnegative') ? 'nonnegative' : 'signed'
}

const half = (length: number): number => Math.ceil(length / 2)

/** The operations that note what is asked of them. */
function shapeOperations(notes: Notes): Operations {
  const reads = (layer: string, x: TraceNode, domain: Domain) => {
    if (READS[domain] === undefined)
      throw new Error(`layer '${layer}' reads '${domain}'; allowed are nonnegative, pixels and signed`)
    if (!READS[domain].includes(x.values))
      throw new Error(`layer '${layer}' says that its inputs are ${domain}, but they are ${WHAT[x.values]}`)
  }
  const elementwise = <T extends Tensor>(operation: string, x: T, values: Values, extra: Extra = {}): T => {
    const { id, shape } = notes.of(x)
    return notes.add<T>(operation, [id], shape, values, extra)
  }
  const same = (operation: string, a: TraceNode, b: TraceNode) => {
    if (a.shape.join() !== b.shape.join())
      throw new Error(`${operation} takes signals of one shape; these are [${a.shape}] and [${b.shape}]`)
  }
  const isGate = (operation: string, { values }: TraceNode) => {
    if (values !== 'gate')
      throw new Error(
        `${operation} takes a gate, made by sigmoid, hardSigmoid or complement; this is ${WHAT[values]}`,
      )
  }

  const terms = (x: Tensor2D, kernel: Tensor2D, domain: Domain, steps: number): ShapeTerm[] => {
    const [signal, weights] = [notes.of(x), notes.of(kernel)]
    const [rows, ins] = signal.shape as [number, number]
    const out = weights.shape[1]!
    if (signal.shape.length !== 2 || weights.shape.length !== 2 || ins !== weights.shape[0])
      throw new Error(`a term multiplies [${signal.shape}] by a kernel [${weights.shape}]; they do not fit`)
    if (!Number.isInteger(rows / steps))
      throw new Error(`${rows} rows cannot be taken apart into ${steps} steps`)
    return Array.from({ length: steps }, (_, step) => ({
      domain,
      x: signal.id,
      kernel: weights.id,
      step,
      steps,
      rows: rows / steps,
      out,
    }))
  }

  const pooled = (operation: string, layer: string, images: TraceNode, domain?: Domain): Tensor4D => {
    if (images.shape.length !== 4)
      throw new Error(
        `layer '${layer}' pools [${images.shape}]; it takes images [count, height, width, maps]`,
      )
    const [n, height, width, maps] = images.shape as [number, number, number, number]
    return notes.add(operation, [images.id], [n, half(height), half(width), maps], images.values, {
      name: layer,
      ...(domain === undefined ? {} : { attributes: domain }),
    })
  }

  return {
    purpose: 'explaining',
    term: (x, kernel: Tensor2D, domain) => terms(x, kernel, domain, 1)[0]!,
    terms,
    affine(layer, given, bias) {
      const parts = given as readonly ShapeTerm[]
      if (parts.length === 0) throw new Error(`layer '${layer}' has no input`)
      const [{ rows, out }] = parts as [ShapeTerm]
      const b = notes.of(bias)
      for (const part of parts) {
        reads(layer, notes.nodes[part.x]!, part.domain)
        if (part.rows !== rows || part.out !== out)
          throw new Error(
            `layer '${layer}' adds up [${part.rows}, ${part.out}] and [${rows}, ${out}]; its inputs do not fit`,
          )
      }
      if (b.shape.join() !== String(out))
        throw new Error(`layer '${layer}' has ${out} neurons and a bias [${b.shape}]`)
      const inputs = [...parts.flatMap(({ x, kernel }) => [x, kernel]), b.id]
      const traced = parts.map(({ x, kernel, step, steps }) => ({ x, kernel, step, steps }))
      return notes.add('affine', inputs, [rows, out], 'signed', {
        name: layer,
        terms: traced,
        attributes: parts.map(({ domain }) => domain),
      })
    },
    conv2d(layer, x, kernel, bias, domain) {
      const [images, weights, b] = [notes.of(x), notes.of(kernel), notes.of(bias)]
      reads(layer, images, domain)
      const [n, height, width, ins] = images.shape as [number, number, number, number]
      const [h, w, wanted, out] = weights.shape as [number, number, number, number]
      if (images.shape.length !== 4 || weights.shape.length !== 4 || ins !== wanted)
        throw new Error(
          `layer '${layer}' convolves [${images.shape}] with [${weights.shape}]; they do not fit`,
        )
      if (h % 2 === 0 || w % 2 === 0)
        throw new Error(`layer '${layer}' has a kernel of ${h}×${w}; both sides must be odd`)
      if (b.shape.join() !== String(out))
        throw new Error(`layer '${layer}' has ${out} maps and a bias [${b.shape}]`)
      return notes.add('conv2d', [images.id, weights.id, b.id], [n, height, width, out], 'signed', {
        name: layer,
        attributes: domain,
      })
    },
    averagePool(layer, x, domain = 'nonnegative') {
      reads(layer, notes.of(x), domain)
      return pooled('averagePool', layer, notes.of(x), domain)
    },
    maxPool: (layer, x) => pooled('maxPool', layer, notes.of(x)),
    relu: (x) => elementwise('relu', x, 'nonnegative'),
    sigmoid: (x) => elementwise('sigmoid', x, 'gate'),
    hardSigmoid: (x) => elementwise('hardSigmoid', x, 'gate'),
    tanh: (x) => elementwise('tanh', x, 'signed'),
    gate(gate, signal) {
      const [g, s] = [notes.of(gate), notes.of(signal)]
      isGate('gate', g)
      same('gate', g, s)
      return notes.add('gate', [g.id, s.id], s.shape, s.values)
    },
    complement(gate) {
      isGate('complement', notes.of(gate))
      return elementwise('complement', gate, 'gate')
    },
    sum(kept, added, domain = 'nonnegative', layer = 'sum') {
      const [a, b] = [notes.of(kept), notes.of(added)]
      same('sum', a, b)
      reads(layer, a, domain)
      reads(layer, b, domain)
      const values = joined([a.values, b.values])
      return notes.add('sum', [a.id, b.id], a.shape, values === 'gate' ? 'nonnegative' : values, {
        name: layer,
        attributes: domain,
      })
    },
    attend(layer, scores, x, domain, steps) {
      const [weights, values] = [notes.of(scores), notes.of(x)]
      reads(layer, values, domain)
      const [[rows, hops], [count, units]] = [weights.shape, values.shape] as [
        [number, number],
        [number, number],
      ]
      if (weights.shape.length !== 2 || values.shape.length !== 2 || rows !== count)
        throw new Error(
          `layer '${layer}' attends to [${values.shape}] by scores [${weights.shape}]; they do not fit`,
        )
      if (rows % steps !== 0) throw new Error(`${rows} rows cannot be taken apart into ${steps} steps`)
      return notes.add('attend', [weights.id, values.id], [rows, hops * units], values.values, {
        name: layer,
        attributes: [domain, steps],
      })
    },
    keep: (layer, x) => elementwise('keep', x, notes.of(x).values, { name: layer }),
    tap: (name, step, x) => elementwise('tap', x, notes.of(x).values, { name, step }),
    initial: (name, batch, units, after) =>
      notes.add('initial', [notes.of(after).id], [batch, units], 'nonnegative', { name, step: 'initial' }),
  }
}
