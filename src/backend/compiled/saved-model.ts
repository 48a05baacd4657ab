import { BinaryWriter } from '@bufbuild/protobuf/wire'
import type { BindingAttribute, NativeBinding } from './native-binding.js'
import type { ConstantNode, Graph, GraphNode, InputNode, Source } from './trace.js'

/** The tag by which TensorFlow finds the graph in the file. */
export const SAVED_MODEL_TAG = 'serve'

/** A version of GraphDef between those of TensorFlow 2.8 and 2.15, which decides on nothing in the operations used here. */
const GRAPH_VERSION = 987

/** The name of a node's output as a session wants it. */
export const outputName = ({ node, output }: Source): string => `n${node}:${output}`

/**
 * A graph as TensorFlow's SavedModel protocol buffer.
 *
 * The numbers are those of the fields in saved_model.proto, meta_graph.proto, graph.proto, node_def.proto, attr_value.proto,
 * tensor.proto and tensor_shape.proto.
 */
export function savedModelOf(graph: Graph, types: NativeBinding): Uint8Array {
  const graphDef = new BinaryWriter()
  for (const [index, node] of graph.nodes.entries()) {
    message(graphDef, 1, (nodeDef) => writeNode(nodeDef, index, node, types))
  }
  message(graphDef, 4, (versions) => versions.tag(1, 0).int32(GRAPH_VERSION))
  const graphBytes = graphDef.finish()
  const model = new BinaryWriter()
  model.tag(1, 0).int64(1)
  message(model, 2, (metaGraph) => {
    message(metaGraph, 1, (info) => info.tag(4, 2).string(SAVED_MODEL_TAG))
    metaGraph.tag(2, 2).bytes(graphBytes)
  })
  return model.finish()
}

function message(writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(field, 2).fork()
  write(writer)
  writer.join()
}

function writeNode(writer: BinaryWriter, index: number, node: GraphNode, types: NativeBinding): void {
  writer.tag(1, 2).string(`n${index}`)
  writer.tag(2, 2).string(operationOf(node))
  if (node.kind === 'operation') {
    for (const input of node.inputs) writer.tag(3, 2).string(outputName(input))
    for (const attribute of node.attributes) {
      writeAttribute(writer, attribute.name, (value) => writeValue(value, attribute, types))
    }
    return
  }
  writeAttribute(writer, 'dtype', (value) => value.tag(6, 0).int32(node.dtype))
  if (node.kind === 'input') writeAttribute(writer, 'shape', (value) => writeShape(value, 7, node))
  else writeAttribute(writer, 'value', (value) => message(value, 8, (tensor) => writeTensor(tensor, node)))
}

const operationOf = (node: GraphNode): string =>
  node.kind === 'operation' ? node.operation : node.kind === 'input' ? 'Placeholder' : 'Const'

function writeAttribute(writer: BinaryWriter, name: string, write: (value: BinaryWriter) => void): void {
  message(writer, 5, (entry) => {
    entry.tag(1, 2).string(name)
    message(entry, 2, write)
  })
}

function writeValue(
  writer: BinaryWriter,
  { name, type, value }: BindingAttribute,
  types: NativeBinding,
): void {
  if (type === types.TF_ATTR_SHAPE && Array.isArray(value)) writeShape(writer, 7, { shape: value })
  else if (Array.isArray(value)) {
    message(writer, 1, (list) => {
      for (const entry of value) writeScalar(list, name, type, entry, types)
    })
  } else writeScalar(writer, name, type, value, types)
}

function writeScalar(
  writer: BinaryWriter,
  name: string,
  type: number,
  value: unknown,
  types: NativeBinding,
): void {
  if (type === types.TF_ATTR_STRING && typeof value === 'string') writer.tag(2, 2).string(value)
  else if (type === types.TF_ATTR_INT && typeof value === 'number') writer.tag(3, 0).int64(value)
  else if (type === types.TF_ATTR_FLOAT && typeof value === 'number') writer.tag(4, 5).float(value)
  else if (type === types.TF_ATTR_BOOL && typeof value === 'boolean') writer.tag(5, 0).bool(value)
  else if (type === types.TF_ATTR_TYPE && typeof value === 'number') writer.tag(6, 0).int32(value)
  else throw new Error(`attribute ${name} of type ${type} and value ${value} has no place in a graph`)
}

function writeShape(
  writer: BinaryWriter,
  field: number,
  { shape }: { readonly shape: readonly number[] },
): void {
  message(writer, field, (proto) => {
    for (const length of shape) message(proto, 2, (dimension) => dimension.tag(1, 0).int64(length))
  })
}

function writeTensor(writer: BinaryWriter, node: ConstantNode | (InputNode & { values: never })): void {
  const { values } = node
  writer.tag(1, 0).int32(node.dtype)
  writeShape(writer, 2, node)
  writer.tag(4, 2).bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}
