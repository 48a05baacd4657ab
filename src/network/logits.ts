import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.js'
import { NotTraceable, runCompiled } from './execution.js'
import type { Forward, Parameters } from './operations.js'
import { partsOf, rowsOfPart } from './parts.js'

/**
 * The logits `[batch, classes]` of sequences `[batch, rows, columns]`, without dropout and without a way back.
 *
 * @example
 * const w = toTensors(model.parameters)
 * const x = tf.zeros([2, 28, 84]) as tf.Tensor3D
 * predictionsOf(logitsOf(rLstm.forward(THESIS_GEOMETRY, rLstm.units), w, x), THESIS_GEOMETRY.classes)
 * tf.dispose([w, x])
 */
export function logitsOf(forward: Forward, w: Parameters, x: Tensor3D): Float32Array {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    return tf.tidy(() => forward(pass, w, x).dataSync<'float32'>().slice())
  } finally {
    pass.dispose()
  }
}

/** Networks that cannot be compiled, because they read values of tensors. */
const uncompilable = new WeakSet<Forward>()

/**
 * As `logitsOf`, for one of many batches of a shape: compiled where the backend can.
 *
 * @param values the pixels `[batch, rows, columns]`
 */
export function logitsOfRepeated(
  forward: Forward,
  w: Parameters,
  values: Float32Array,
  shape: readonly [number, number, number],
): Float32Array {
  const parts = partsOf(shape[0])
  try {
    if (!uncompilable.has(forward)) {
      const shapes = Object.entries(w).map(([name, { shape }]) => `${name} ${shape}`)
      const { values: results } = runCompiled(
        forward,
        JSON.stringify(['logits', shape, shapes]),
        { w, values },
        (input) => {
          const parameters = Object.fromEntries(
            Object.entries(w).map(([name, { shape }]) => [name, input(shape, ({ w }) => w[name]!)]),
          )
          const x = input(shape, ({ values }) => values) as Tensor3D
          const pass = differentiable({ purpose: 'explaining' })
          try {
            const logits = Array.from({ length: parts }, (_, part) =>
              forward(pass, parameters, rowsOfPart(x, part, parts)),
            )
            return { outputs: [tf.concat(logits, 0)], about: null }
          } finally {
            pass.dispose()
          }
        },
      )
      return results[0]!
    }
  } catch (error) {
    if (!(error instanceof NotTraceable)) throw error
    uncompilable.add(forward)
  }
  const x = tf.tensor3d(values, [...shape])
  try {
    return logitsOf(forward, w, x)
  } finally {
    x.dispose()
  }
}
