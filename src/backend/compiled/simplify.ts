import type { BindingAttribute, NativeBinding } from './native-binding.js'
import type { Graph, GraphNode, OperationNode, Source } from './trace.js'

type Types = Pick<NativeBinding, 'TF_ATTR_BOOL'>

/**
 * The same computation in fewer operations: what the algebra says with several kernels TensorFlow often has as one.
 *
 * Repeated operations are shared; products take transposes as flags; the derivatives of relu and sigmoid and the addition of a bias
 * become operations of their own; what changes nothing goes. Every number stays what it was, whoever wrote the computation.
 */
export function simplified(graph: Graph, types: Types): Graph {
  const nodes: GraphNode[] = []
  const known = new Map<string, number>()
  const moved = new Map<string, Source>()

  const keyOf = ({ node, output }: Source) => `${node}:${output}`
  const add = (node: GraphNode): number => {
    const key = contentOf(node)
    const same = key === null ? undefined : known.get(key)
    if (same !== undefined) return same
    const index = nodes.push(node) - 1
    if (key !== null) known.set(key, index)
    return index
  }
  const view: View = {
    types,
    operation: ({ node, output }, ...names) => {
      const found = nodes[node]!
      return output === 0 && found.kind === 'operation' && names.includes(found.operation) ? found : null
    },
    shape: ({ node, output }) => {
      const found = nodes[node]!
      return found.kind === 'operation' ? found.shapes[output]! : found.shape
    },
    constant: ({ node }) => {
      const found = nodes[node]!
      return found.kind === 'constant' ? Array.from(found.values) : null
    },
  }

  for (const [index, node] of graph.nodes.entries()) {
    if (node.kind !== 'operation') {
      moved.set(keyOf({ node: index, output: 0 }), { node: add(node), output: 0 })
      continue
    }
    const translated = { ...node, inputs: node.inputs.map((input) => moved.get(keyOf(input))!) }
    const result = rewrite(view, translated)
    for (const output of node.shapes.keys()) {
      const source = 'kind' in result ? { node: add(result), output } : result
      moved.set(keyOf({ node: index, output }), source)
    }
  }
  return {
    nodes,
    inputs: graph.inputs.map(({ node, shape }) => ({ node: moved.get(`${node}:0`)!.node, shape })),
    outputs: graph.outputs.map((output) => moved.get(keyOf(output))!),
  }
}

/** What a rewriting may look at. */
interface View {
  readonly types: Types
  /** The operation whose first output this is, if it has one of these names. */
  operation(source: Source, ...names: string[]): OperationNode | null
  shape(source: Source): readonly number[]
  /** The values of a constant. */
  constant(source: Source): number[] | null
}

/** A node to take the place of this one, or the output of another that has the same value. */
function rewrite(view: View, node: OperationNode): OperationNode | Source {
  const [first, second] = node.inputs
  switch (node.operation) {
    case 'Reshape':
    case 'Cast':
    case 'Identity':
      return changesNothing(view, node) ? first! : node
    case 'BatchMatMulV2':
      return node.shapes[0]!.length === 2 ? product(view, node) : node
    case 'Mul':
      return (
        reluGradient(view, node, first!, second!) ??
        reluGradient(view, node, second!, first!) ??
        sigmoidGradient(view, node, first!, second!) ??
        node
      )
    case 'Add':
    case 'AddV2':
      return biasAddition(view, node) ?? node
    default:
      return node
  }
}

function changesNothing(view: View, { operation, attributes, inputs, shapes }: OperationNode): boolean {
  if (operation === 'Cast') {
    const type = (name: string) => attributes.find((attribute) => attribute.name === name)?.value
    return type('SrcT') === type('DstT')
  }
  return view.shape(inputs[0]!).join() === shapes[0]!.join()
}

/** Aᵀ as a flag of the product, where A is transposed for its sake. */
function product(view: View, node: OperationNode): OperationNode {
  const { attributes } = node
  const flags = ['adj_x', 'adj_y'].map(
    (name) => attributes.find((attribute) => attribute.name === name)?.value === true,
  )
  const operands = node.inputs.map((input, i) => {
    const transposition = view.operation(input, 'Transpose')
    const isPlain = transposition && view.constant(transposition.inputs[1]!)?.join() === '1,0'
    return isPlain
      ? { input: transposition.inputs[0]!, transposed: !flags[i] }
      : { input, transposed: flags[i]! }
  })
  const [a, b] = operands
  return {
    ...node,
    operation: 'MatMul',
    attributes: [
      ...attributes.filter(({ name }) => name === 'T'),
      flag(view.types, 'transpose_a', a!.transposed),
      flag(view.types, 'transpose_b', b!.transposed),
    ],
    inputs: [a!.input, b!.input],
  }
}

const flag = ({ TF_ATTR_BOOL }: Types, name: string, value: boolean): BindingAttribute => ({
  name,
  type: TF_ATTR_BOOL,
  value,
})

/** dy · sign(y) with y = relu(x). */
function reluGradient(view: View, node: OperationNode, dy: Source, other: Source): OperationNode | null {
  const y = view.operation(other, 'Sign')?.inputs[0]
  if (y === undefined || view.operation(y, 'Relu') === null || !isAlike(view, dy, y)) return null
  return { ...node, operation: 'ReluGrad', inputs: [dy, y] }
}

/** dy · (y · (1 − y)) with y = sigmoid(x). */
function sigmoidGradient(view: View, node: OperationNode, dy: Source, other: Source): OperationNode | null {
  const [y, rest] = view.operation(other, 'Mul')?.inputs ?? []
  if (y === undefined || rest === undefined || view.operation(y, 'Sigmoid') === null) return null
  if (!isAlike(view, dy, y)) return null
  return isComplement(view, rest, y) ? { ...node, operation: 'SigmoidGrad', inputs: [y, dy] } : null
}

/** Whether two outputs have one shape; gradients of TensorFlow's own take no number for a whole tensor. */
const isAlike = (view: View, a: Source, b: Source): boolean => view.shape(a).join() === view.shape(b).join()

/** Whether this is 1 − x. */
function isComplement(view: View, source: Source, x: Source): boolean {
  const [one, subtracted] = view.operation(source, 'Sub')?.inputs ?? []
  if (one === undefined || subtracted?.node !== x.node || subtracted.output !== x.output) return false
  const values = view.constant(one)
  return values?.length === 1 && values[0] === 1
}

/** The same vector added to every row. */
function biasAddition(view: View, node: OperationNode): OperationNode | null {
  const [x, bias] = node.inputs
  const [rows, vector] = [view.shape(x!), view.shape(bias!)]
  if (rows.length < 2 || vector.length !== 1 || rows[rows.length - 1] !== vector[0]) return null
  return { ...node, operation: 'BiasAdd', inputs: [x!, bias!] }
}

/** Everything a node's values depend on, or null where it is an input. */
function contentOf(node: GraphNode): string | null {
  if (node.kind === 'input') return null
  if (node.kind === 'constant') {
    const { dtype, shape, values } = node
    return `${dtype} ${shape} ${Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')}`
  }
  return JSON.stringify([node.operation, node.attributes, node.inputs])
}
