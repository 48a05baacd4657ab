import * as tf from '@tensorflow/tfjs-core'

/** An attribute of an operation as tfjs-node hands it to TensorFlow's C interface; `type` is a TF_AttrType. */
export interface BindingAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What an operation gave: the handle, the shape and the TF_DataType of one output. */
export interface BindingOutput {
  readonly id: number
  readonly shape: readonly number[]
  readonly dtype: number
}

/** Values that a tensor can be made of. */
export type TensorValues = Float32Array | Int32Array | Uint8Array

/** The part of tfjs-node's binding to TensorFlow's C interface that tracing needs. */
export interface NativeBinding {
  readonly TF_FLOAT: number
  readonly TF_INT32: number
  readonly TF_INT64: number
  readonly TF_BOOL: number
  readonly TF_ATTR_INT: number
  readonly TF_ATTR_FLOAT: number
  readonly TF_ATTR_BOOL: number
  readonly TF_ATTR_TYPE: number
  readonly TF_ATTR_SHAPE: number
  readonly TF_ATTR_STRING: number
  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): TensorValues
  executeOp(
    name: string,
    attributes: readonly BindingAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): BindingOutput[]
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(id: number): void
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): BindingOutput[]
}

/** tfjs-node's backend, whose binding may be exchanged. */
export interface NativeBackend {
  binding: NativeBinding
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[]
  createOutputTensor(output: BindingOutput): tf.Tensor
}

/** The native backend if it is the one in use, else null. */
export function nativeBackend(): NativeBackend | null {
  const backend: unknown = tf.getBackend() === 'tensorflow' ? tf.backend() : null
  return isNative(backend) ? backend : null
}

const isNative = (backend: unknown): backend is NativeBackend =>
  typeof backend === 'object' &&
  backend !== null &&
  'getInputTensorIds' in backend &&
  'createOutputTensor' in backend &&
  'binding' in backend &&
  typeof backend.binding === 'object' &&
  backend.binding !== null &&
  'runSavedModel' in backend.binding
