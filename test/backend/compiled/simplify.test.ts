import { describe, expect, it } from 'vitest'
import type { BindingAttribute } from '../../../src/backend/compiled/native-binding.js'
import { simplified } from '../../../src/backend/compiled/simplify.js'
import type { Graph, GraphNode, Source } from '../../../src/backend/compiled/trace.js'

const types = { TF_ATTR_BOOL: 3 }
const FLOAT = { name: 'T', type: 4, value: 1 }
const flag = (name: string, value: boolean): BindingAttribute => ({ name, type: 3, value })

/** Writes graphs down by hand. */
function builder() {
  const nodes: GraphNode[] = []
  const inputs: { node: number; shape: readonly number[] }[] = []
  const add = (node: GraphNode): Source => ({ node: nodes.push(node) - 1, output: 0 })
  return {
    input(...shape: number[]): Source {
      const source = add({ kind: 'input', shape, dtype: 1 })
      inputs.push({ node: source.node, shape })
      return source
    },
    constant: (values: number[], shape = [values.length]) =>
      add({ kind: 'constant', dtype: 1, shape, values: Float32Array.from(values) }),
    permutation: (...axes: number[]) =>
      add({ kind: 'constant', dtype: 3, shape: [axes.length], values: Int32Array.from(axes) }),
    operation: (
      operation: string,
      inputs: Source[],
      shape: number[],
      attributes: BindingAttribute[] = [FLOAT],
    ) => add({ kind: 'operation', operation, attributes, inputs, shapes: [shape] }),
    graph: (...outputs: Source[]): Graph => ({ nodes, inputs, outputs }),
  }
}

/** The output of a simplified graph as an expression; inputs are numbered in their order. */
function expressionOf(graph: Graph, output = 0): string {
  const { nodes, inputs, outputs } = simplified(graph, types)
  const text = (source: Source): string => {
    const node = nodes[source.node]!
    if (node.kind === 'input') return `x${inputs.findIndex((input) => input.node === source.node)}`
    if (node.kind === 'constant') return `[${node.values}]`
    const flags = node.attributes.filter(({ value }) => value === true).map(({ name }) => name)
    const name = [node.operation, ...flags].join(' ')
    return `${name}(${node.inputs.map(text).join(', ')})`
  }
  return text(outputs[output]!)
}

describe('a simplified graph', () => {
  it('takes dy · sign(relu(x)) for the derivative of relu, in either order', () => {
    const { input, operation, graph } = builder()
    const y = operation('Relu', [input(2, 3)], [2, 3])
    const sign = operation('Sign', [y], [2, 3])
    const dy = input(2, 3)
    const [one, other] = [operation('Mul', [dy, sign], [2, 3]), operation('Mul', [sign, dy], [2, 3])]
    expect(expressionOf(graph(one))).toBe('ReluGrad(x1, Relu(x0))')
    expect(expressionOf(graph(other))).toBe('ReluGrad(x1, Relu(x0))')
  })

  it('leaves the sign of what may be negative alone', () => {
    const { input, operation, graph } = builder()
    const sign = operation('Sign', [input(2, 3)], [2, 3])
    expect(expressionOf(graph(operation('Mul', [input(2, 3), sign], [2, 3])))).toBe('Mul(x1, Sign(x0))')
  })

  it.each([
    { from: 1, expression: 'SigmoidGrad(Sigmoid(x0), x1)' },
    { from: 2, expression: 'Mul(x1, Mul(Sigmoid(x0), Sub([2], Sigmoid(x0))))' },
  ])('takes dy · y · ($from − y) for $expression', ({ from, expression }) => {
    const { input, operation, constant, graph } = builder()
    const y = operation('Sigmoid', [input(2, 3)], [2, 3])
    const dy = input(2, 3)
    const rest = operation('Sub', [constant([from], []), y], [2, 3])
    const slope = operation('Mul', [y, rest], [2, 3])
    expect(expressionOf(graph(operation('Mul', [dy, slope], [2, 3])))).toBe(expression)
  })

  it('leaves numbers times the sign of relu, and shapes that only fit by repetition, alone', () => {
    const { input, operation, constant, graph } = builder()
    const rows = operation('Relu', [input(2, 3)], [2, 3])
    const sign = operation('Sign', [rows], [2, 3])
    const number = constant([2], [])
    const twice = operation('Mul', [number, sign], [2, 3])
    expect(expressionOf(graph(twice))).toBe('Mul([2], Sign(Relu(x0)))')
    expect(expressionOf(graph(operation('Mul', [sign, number], [2, 3])))).toBe('Mul(Sign(Relu(x0)), [2])')
    const row = input(3)
    expect(expressionOf(graph(operation('Mul', [row, sign], [2, 3])))).toBe('Mul(x1, Sign(Relu(x0)))')
    const single = operation('Sign', [operation('Relu', [input(1)], [1])], [1])
    expect(expressionOf(graph(operation('Mul', [rows, single], [2, 3])))).toBe(
      'Mul(Relu(x0), Sign(Relu(x2)))',
    )
  })

  it('leaves numbers times y · (1 − y) of a sigmoid alone', () => {
    const { input, operation, constant, graph } = builder()
    const y = operation('Sigmoid', [input(2, 3)], [2, 3])
    const slope = operation('Mul', [y, operation('Sub', [constant([1], []), y], [2, 3])], [2, 3])
    const expected = 'Mul(Sigmoid(x0), Sub([1], Sigmoid(x0)))'
    expect(expressionOf(graph(operation('Mul', [constant([2], []), slope], [2, 3])))).toBe(
      `Mul([2], ${expected})`,
    )
    expect(expressionOf(graph(operation('Mul', [input(3), slope], [2, 3])))).toBe(`Mul(x1, ${expected})`)
  })

  it('keeps a quotient as it is written: r / (z + (1 − sign|z|)) is r where z is 0', () => {
    const { input, operation, constant, graph } = builder()
    const [r, z] = [input(4), input(4)]
    const nonzero = operation('Sign', [operation('Abs', [z], [4])], [4])
    const zero = operation('Sub', [constant([1], []), nonzero], [4])
    const quotient = operation('RealDiv', [r, operation('Add', [z, zero], [4])], [4])
    expect(expressionOf(graph(quotient))).toBe('RealDiv(x0, Add(x1, Sub([1], Sign(Abs(x1)))))')
  })

  it('multiplies matrices with transposes as flags', () => {
    const { input, operation, permutation, graph } = builder()
    const [a, b] = [input(3, 2), input(4, 3)]
    const flipped = operation('Transpose', [b, permutation(1, 0)], [3, 4])
    const product = operation(
      'BatchMatMulV2',
      [a, flipped],
      [2, 4],
      [FLOAT, flag('adj_x', true), flag('adj_y', false)],
    )
    expect(expressionOf(graph(product))).toBe('MatMul transpose_a transpose_b(x0, x1)')
    const again = operation('BatchMatMulV2', [a, flipped], [2, 4], [flag('adj_x', true), flag('adj_y', true)])
    expect(expressionOf(graph(again))).toBe('MatMul transpose_a(x0, x1)')
  })

  it('keeps products of more axes, and other transposes', () => {
    const { input, operation, permutation, graph } = builder()
    const moved = operation('Transpose', [input(2, 3, 4), permutation(0, 2, 1)], [2, 4, 3])
    const product = operation('BatchMatMulV2', [moved, input(2, 3, 5)], [2, 4, 5])
    expect(expressionOf(graph(product))).toBe('BatchMatMulV2(Transpose(x0, [0,2,1]), x1)')
  })

  it('adds a vector to rows as a bias, and nothing else', () => {
    const { input, operation, graph } = builder()
    const [rows, bias, scalar] = [input(2, 3), input(3), input(1)]
    expect(expressionOf(graph(operation('Add', [rows, bias], [2, 3])))).toBe('BiasAdd(x0, x1)')
    expect(expressionOf(graph(operation('Add', [rows, scalar], [2, 3])))).toBe('Add(x0, x2)')
    expect(expressionOf(graph(operation('Add', [bias, bias], [3])))).toBe('Add(x1, x1)')
  })

  it('has no operations that change nothing', () => {
    const { input, operation, graph } = builder()
    const x = input(2, 3)
    const cast = (SrcT: number, DstT: number) =>
      operation(
        'Cast',
        [x],
        [2, 3],
        [
          { name: 'SrcT', type: 4, value: SrcT },
          { name: 'DstT', type: 4, value: DstT },
        ],
      )
    expect(expressionOf(graph(operation('Reshape', [x], [2, 3])))).toBe('x0')
    expect(expressionOf(graph(operation('Reshape', [x], [3, 2])))).toBe('Reshape(x0)')
    expect(expressionOf(graph(cast(1, 1)))).toBe('x0')
    expect(expressionOf(graph(cast(1, 3)))).toBe('Cast(x0)')
  })

  it('computes what occurs twice once, and tells apart what differs in an attribute or a constant', () => {
    const { input, operation, constant, graph } = builder()
    const x = input(2, 3)
    const times = (factor: number) => operation('Mul', [x, constant([factor], [])], [2, 3])
    const narrow = operation('Elu', [x], [2, 3], [flag('narrow', true)])
    const wide = operation('Elu', [x], [2, 3], [flag('narrow', false)])
    const { outputs } = simplified(graph(times(2), times(2), times(3), narrow, wide), types)
    const [first, second, ...others] = outputs.map(({ node }) => node)
    expect(second).toBe(first)
    expect(new Set([first, ...others]).size).toBe(4)
  })

  it('keeps its inputs apart, in their order', () => {
    const { input, operation, graph } = builder()
    const [a, b] = [input(2), input(2)]
    expect(expressionOf(graph(operation('Sub', [b, a], [2])))).toBe('Sub(x1, x0)')
  })
})
