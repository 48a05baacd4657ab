import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { useBackend } from '../../backend/use-backend.js'
import { assembleBatch } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { Geometry } from '../../network/geometry.js'
import type { Forward, Parameters } from '../../network/operations.js'
import { toTensors } from '../../network/parameters.js'
import type { Model } from '../models/model-value.js'
import { networkOf } from '../models/plan.js'
import { geometryOf } from '../models/problem.js'

/** A model's network with its parameters on the backend. */
export interface LoadedNetwork {
  readonly forward: Forward
  readonly w: Parameters
  readonly geometry: Geometry
}

/** Lets `use` have a model's network, whose tensors are released when it is done. */
export async function withNetwork<Result>(
  model: Model,
  use: (network: LoadedNetwork) => Result | Promise<Result>,
): Promise<Result> {
  await useBackend()
  const w = toTensors(model.parameters)
  try {
    const geometry = geometryOf(model.configuration.problem, model.dataset)
    return await use({ forward: networkOf(model).forward, w, geometry })
  } finally {
    tf.dispose(w)
  }
}

/** The pixels of some sequences, `[batch, rows, columns]` in [−1, 1]; the caller disposes of them. */
export function pixelsOf(sequences: MajoritySequences, which: ArrayLike<number>): Tensor3D {
  const { rows, columns } = sequences
  const into = new Float32Array(which.length * rows * columns)
  return tf.tensor3d(assembleBatch(sequences, which, into), [which.length, rows, columns])
}
