import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { NotTraceable } from '../../network/execution.js'
import type { BindingAttribute, NativeBackend, NativeBinding, TensorValues } from './native-binding.js'

/** A constant of a traced computation. */
export interface ConstantNode {
  readonly kind: 'constant'
  readonly shape: readonly number[]
  readonly dtype: number
  readonly values: TensorValues
}

/** An operation of a traced computation, by TensorFlow's own name. */
export interface OperationNode {
  readonly kind: 'operation'
  readonly operation: string
  readonly attributes: readonly BindingAttribute[]
  readonly inputs: readonly Source[]
  /** Of its outputs. */
  readonly shapes: readonly (readonly number[])[]
}

/** A tensor that is given anew at every run. */
export interface InputNode {
  readonly kind: 'input'
  readonly shape: readonly number[]
  readonly dtype: number
}

export type GraphNode = ConstantNode | OperationNode | InputNode

/** The output of a node: the node's index, and which of its outputs. */
export interface Source {
  readonly node: number
  readonly output: number
}

/** A computation written down: nodes in an order in which they can run. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly inputs: readonly { readonly node: number; readonly shape: readonly number[] }[]
  readonly outputs: readonly Source[]
}

/**
 * Writes down what `compute` asks of the native backend while it runs once.
 *
 * @param compute declares inputs as it goes, which are zeros in this run, and returns the outputs
 * @throws Error where it uses a tensor made before it, or reads values, which the graph would then not depend on
 */
export function trace<About>(
  backend: NativeBackend,
  compute: (input: (shape: readonly number[]) => Tensor) => {
    readonly outputs: readonly Tensor[]
    readonly about: About
  },
): { readonly graph: Graph; readonly about: About } {
  const { binding } = backend
  const nodes: GraphNode[] = []
  const inputs: { node: number; shape: readonly number[] }[] = []
  const sources = new Map<number, Source>()

  const add = (node: GraphNode): number => nodes.push(node) - 1
  const sourceOf = (id: number): Source => {
    const source = sources.get(id)
    if (source === undefined)
      throw new NotTraceable(
        'a traced computation may not use a tensor that was made before it: make it an input',
      )
    return source
  }
  const input = (shape: readonly number[]): Tensor => {
    const zeros = tf.zeros([...shape])
    // Uploaded unseen: the recorder would take it for a constant.
    backend.binding = binding
    const id = backend.getInputTensorIds([zeros])[0]!
    backend.binding = recorder
    const node = add({ kind: 'input', shape, dtype: binding.TF_FLOAT })
    sources.set(id, { node, output: 0 })
    inputs.push({ node, shape })
    return zeros
  }

  const recording: Pick<NativeBinding, 'createTensor' | 'executeOp' | 'tensorDataSync'> = {
    createTensor(shape, dtype, values) {
      const id = binding.createTensor(shape, dtype, values)
      const node = add({ kind: 'constant', shape: [...shape], dtype, values: values.slice() })
      sources.set(id, { node, output: 0 })
      return id
    },
    executeOp(operation, attributes, inputs, outputs) {
      const from = inputs.map(sourceOf)
      const results = binding.executeOp(operation, attributes, inputs, outputs)
      const shapes = results.map(({ shape }) => [...shape])
      const node = add({ kind: 'operation', operation, attributes: [...attributes], inputs: from, shapes })
      for (const [output, { id }] of results.entries()) sources.set(id, { node, output })
      return results
    },
    tensorDataSync() {
      throw new NotTraceable('a traced computation may not read the values of its tensors')
    },
  }
  // The binding's own properties can't be assigned to.
  const recorder: NativeBinding = Object.create(binding, Object.getOwnPropertyDescriptors(recording))
  backend.binding = recorder
  try {
    const traced: { graph: Graph; about: About }[] = []
    tf.tidy(() => {
      const { outputs, about } = compute(input)
      traced.push({
        graph: { nodes, inputs, outputs: backend.getInputTensorIds(outputs).map(sourceOf) },
        about,
      })
    })
    return traced[0]!
  } finally {
    backend.binding = binding
  }
}
