import * as tf from '@tensorflow/tfjs-core'
import type { Parameters } from './operations.js'

/** A parameter's role: a kernel, a bias kept ≤ 0 as deep Taylor needs, or a gate's free bias. */
export const parameterKinds = ['kernel', 'negativeBias', 'freeBias'] as const
export type ParameterKind = (typeof parameterKinds)[number]

/** The name, shape and role of one parameter tensor. */
export interface ParameterSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly kind: ParameterKind
}

/** Values of one parameter, row-major; biases are effective (≤ 0 where `negativeBias`). */
export interface ParameterValues {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Parameter values by name, as in checkpoints and golden files. */
export type NamedValues = Readonly<Record<string, ParameterValues>>

/**
 * A kernel with a bias ≤ 0, the form of every ReLU layer and of the readout.
 *
 * @example
 * layer('hidden', [196, 64]) // hidden.kernel [196, 64] and hidden.bias [64]
 */
export const layer = (
  name: string,
  shape: readonly number[],
  kind: 'negativeBias' | 'freeBias' = 'negativeBias',
) =>
  [
    { name: `${name}.kernel`, shape, kind: 'kernel' },
    { name: `${name}.bias`, shape: [shape[shape.length - 1]!], kind },
  ] as const satisfies readonly ParameterSpec[]

/** The names and shapes of parameters as a text, in their order. */
export const parameterShapes = (w: Parameters): string =>
  Object.entries(w)
    .map(([name, { shape }]) => `${name} ${shape}`)
    .join()

/** Parameters of which each is made by its shape and name, such as the inputs of a computation. */
export const inputsOf = (
  w: Parameters,
  make: (shape: readonly number[], name: string) => tf.Tensor,
): Parameters => Object.fromEntries(Object.entries(w).map(([name, { shape }]) => [name, make(shape, name)]))

/** The number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1)

/** Throws an Error naming the first parameter that is missing, unknown, of another shape, not finite, or a bias > 0 where ≤ 0 is needed. */
export function checkParameters(specs: readonly ParameterSpec[], values: NamedValues): void {
  const wanted = new Set(specs.map((spec) => spec.name))
  const unknown = Object.keys(values).filter((name) => !wanted.has(name))
  if (unknown.length > 0) {
    throw new Error(`unknown parameter ${unknown.join(', ')}; this network has ${[...wanted].join(', ')}`)
  }
  for (const { name, shape, kind } of specs) {
    const given = values[name]
    if (given === undefined) throw new Error(`parameter ${name} [${shape}] is missing`)
    if (given.shape.join() !== shape.join() || given.values.length !== sizeOf(shape)) {
      throw new Error(
        `parameter ${name} has shape [${given.shape}] and ${given.values.length} values; the network needs [${shape}]`,
      )
    }
    if (!given.values.every(Number.isFinite))
      throw new Error(`parameter ${name} holds a value that is not finite`)
    if (kind === 'negativeBias' && given.values.some((bias) => bias > 0)) {
      throw new Error(`parameter ${name} holds a positive bias; deep Taylor decomposition needs biases ≤ 0`)
    }
  }
}

/**
 * The parameters as tensors; the caller disposes of them (`tf.dispose`).
 *
 * @example
 * const w = toTensors(model.parameters)
 * w['readout.kernel'].shape // [72, 10]
 * tf.dispose(w)
 */
export function toTensors(values: NamedValues): Parameters {
  return Object.fromEntries(
    Object.entries(values).map(([name, { shape, values }]) => [
      name,
      tf.tensor(values, [...shape], 'float32'),
    ]),
  )
}
