import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Geometry } from '../network/geometry.js'
import type { Domain } from '../network/operations.js'
import { sizeOf } from '../network/parameters.js'
import { frames } from '../network/sequence.js'
import type { NetworkInput } from './imported-layer.js'

/** What passes from one layer of a chain to the next. */
export interface Signal {
  /** `[batch, …shape]`, or `[steps·batch, …]` step by step where `byStep`. */
  readonly x: Tensor
  /** The shape of one sequence's signal as Keras counts it, e.g. `[steps, features]`. */
  readonly shape: readonly number[]
  readonly byStep: boolean
  readonly batch: number
  readonly domain: Domain
  /** Whether its first step is the sequence's last. */
  readonly reversed: boolean
}

/** The shape in which a network's first layer gets a sequence. */
export function inputShape({ reads, pixels }: NetworkInput, geometry: Geometry): number[] {
  const { rows, stepColumns, steps } = geometry
  const columns = reads === 'steps' ? stepColumns : steps * stepColumns
  const image = { row: [rows * columns], matrix: [rows, columns], channel: [rows, columns, 1] }[pixels]
  return reads === 'steps' ? [steps, ...image] : image
}

/** Sequences `[batch, rows, steps·stepColumns]` as a network's first layer gets them. */
export function inputSignal(input: NetworkInput, x: Tensor3D, geometry: Geometry): Signal {
  const [batch] = x.shape
  const shape = inputShape(input, geometry)
  const about = { shape, batch, domain: 'pixels', reversed: false } as const
  if (input.reads === 'image') return { ...about, x: tf.reshape(x, [batch, ...shape]), byStep: false }
  const byStep = tf.reshape(frames(x, geometry), [geometry.steps * batch, ...shape.slice(1)])
  return { ...about, x: byStep, byStep: true }
}

/** The signal with the rows of all steps one after the other, `[steps·batch, …]`. */
export function stepByStep(signal: Signal): Signal {
  if (signal.byStep) return signal
  const { x, shape, batch } = signal
  const rest = sizeOf(shape.slice(1))
  const inOrder = tf.transpose(tf.reshape(x, [batch, shape[0]!, rest]), [1, 0, 2])
  return { ...signal, x: tf.reshape(inOrder, [shape[0]! * batch, ...shape.slice(1)]), byStep: true }
}

/** The signal with one row a sequence, `[batch, …]`. */
export function sequenceBySequence(signal: Signal): Signal {
  if (!signal.byStep) return signal
  const { x, shape, batch } = signal
  const rest = sizeOf(shape.slice(1))
  const inOrder = tf.transpose(tf.reshape(x, [shape[0]!, batch, rest]), [1, 0, 2])
  return { ...signal, x: tf.reshape(inOrder, [batch, ...shape]), byStep: false }
}

/**
 * The signal's last axis in columns, and in rows all others with the sequences innermost, `[…·batch, features]`: ledgers tell sequences
 * apart by their rows.
 */
export function asMatrix(signal: Signal): Tensor2D {
  const { shape, batch } = signal
  const features = shape[shape.length - 1]!
  if (shape.length <= 2) {
    const rows = shape.length === 1 ? signal : stepByStep(signal)
    return tf.reshape(rows.x, [-1, features])
  }
  const places = sizeOf(shape.slice(0, -1))
  const x = tf.reshape(sequenceBySequence(signal).x, [batch, places, features])
  return tf.reshape(tf.transpose(x, [1, 0, 2]), [places * batch, features])
}

/** A signal again of the matrix that `asMatrix` makes, with another number of features. */
export function fromMatrix(signal: Signal, matrix: Tensor2D): Signal {
  const { batch } = signal
  const features = matrix.shape[1]
  const shape = [...signal.shape.slice(0, -1), features]
  if (shape.length <= 2) return { ...signal, x: matrix, shape, byStep: shape.length === 2 }
  const places = sizeOf(shape.slice(0, -1))
  const x = tf.transpose(tf.reshape(matrix, [places, batch, features]), [1, 0, 2])
  return { ...signal, x: tf.reshape(x, [batch, ...shape]), shape, byStep: false }
}
