import { BinaryReader } from '@bufbuild/protobuf/wire'
import { describe, expect, it } from 'vitest'
import type { NativeBinding } from '../../../src/backend/compiled/native-binding.js'
import { SAVED_MODEL_TAG, savedModelOf } from '../../../src/backend/compiled/saved-model.js'
import type { Graph } from '../../../src/backend/compiled/trace.js'

const types = {
  TF_FLOAT: 1,
  TF_ATTR_STRING: 0,
  TF_ATTR_INT: 1,
  TF_ATTR_FLOAT: 2,
  TF_ATTR_BOOL: 3,
  TF_ATTR_TYPE: 4,
  TF_ATTR_SHAPE: 5,
} as NativeBinding

/** The fields of a message: numbers as they are, nested ones as bytes. */
function fieldsOf(bytes: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const reader = new BinaryReader(bytes)
  const fields = new Map<number, (number | Uint8Array)[]>()
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag()
    const value = type === 0 ? Number(reader.int64()) : type === 5 ? reader.float() : reader.bytes()
    fields.set(field, [...(fields.get(field) ?? []), value])
  }
  return fields
}

const bytesAt = (bytes: Uint8Array, ...path: number[]): Uint8Array =>
  path.reduce((inner, field) => fieldsOf(inner).get(field)![0] as Uint8Array, bytes)
const textOf = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array)

/** The attributes of a node by name, as fields of AttrValue. */
const attributesOf = (node: Uint8Array) =>
  new Map(
    fieldsOf(node)
      .get(5)!
      .map((entry) => [textOf(bytesAt(entry as Uint8Array, 1)), fieldsOf(bytesAt(entry as Uint8Array, 2))]),
  )

const graph: Graph = {
  nodes: [
    { kind: 'input', shape: [2, 3], dtype: 1 },
    { kind: 'constant', shape: [2], dtype: 1, values: Float32Array.of(0.5, -2) },
    {
      kind: 'operation',
      operation: 'Strange',
      attributes: [
        { name: 'T', type: 4, value: 1 },
        { name: 'strides', type: 1, value: [1, 7] },
        { name: 'keep', type: 3, value: true },
        { name: 'padding', type: 0, value: 'SAME' },
        { name: 'epsilon', type: 2, value: 0.25 },
        { name: 'shape', type: 5, value: [4, 1] },
      ],
      inputs: [
        { node: 0, output: 0 },
        { node: 1, output: 0 },
      ],
      shapes: [[4], [4, 1]],
    },
  ],
  inputs: [{ node: 0, shape: [2, 3] }],
  outputs: [{ node: 2, output: 1 }],
}

describe('a graph as SavedModel', () => {
  const bytes = savedModelOf(graph, types)
  const nodes = fieldsOf(bytesAt(bytes, 2, 2)).get(1)! as Uint8Array[]

  it('has the tag it is found by', () => {
    expect(textOf(bytesAt(bytes, 2, 1, 4))).toBe(SAVED_MODEL_TAG)
  })

  it('has inputs as placeholders, constants with their values, and operations with their inputs', () => {
    expect(nodes.map((node) => textOf(bytesAt(node, 1)))).toEqual(['n0', 'n1', 'n2'])
    expect(nodes.map((node) => textOf(bytesAt(node, 2)))).toEqual(['Placeholder', 'Const', 'Strange'])
    expect(fieldsOf(nodes[2]!).get(3)!.map(textOf)).toEqual(['n0:0', 'n1:0'])
    const tensor = attributesOf(nodes[1]!).get('value')!.get(8)![0] as Uint8Array
    const content = bytesAt(tensor, 4)
    expect([...new Float32Array(content.slice().buffer)]).toEqual([0.5, -2])
  })

  it('has attributes of every kind', () => {
    const attributes = attributesOf(nodes[2]!)
    expect(attributes.get('T')!.get(6)).toEqual([1])
    expect(fieldsOf(attributes.get('strides')!.get(1)![0] as Uint8Array).get(3)).toEqual([1, 7])
    expect(attributes.get('keep')!.get(5)).toEqual([1])
    expect(textOf(attributes.get('padding')!.get(2)![0])).toBe('SAME')
    expect(attributes.get('epsilon')!.get(4)).toEqual([0.25])
    const dimensions = fieldsOf(attributes.get('shape')!.get(7)![0] as Uint8Array).get(2)!
    expect(dimensions.map((dimension) => fieldsOf(dimension as Uint8Array).get(1)![0])).toEqual([4, 1])
  })

  it('is refused where an attribute has no place in it', () => {
    const [, , node] = graph.nodes
    const attributes = [{ name: 'f', type: 8, value: 'function' }]
    expect(() =>
      savedModelOf({ ...graph, nodes: [{ ...node!, attributes } as (typeof graph.nodes)[number]] }, types),
    ).toThrow('attribute f of type 8')
  })
})
