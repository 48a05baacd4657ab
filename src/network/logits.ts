import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.js'
import { canCompile, NotTraceable, runCompiled } from './execution.js'
import type { Forward, Parameters } from './operations.js'
import { inputsOf, parameterShapes } from './parameters.js'
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
export const logitsOf = (forward: Forward, w: Parameters, x: Tensor3D): Float32Array =>
  tf.tidy(() => logitsTensor(forward, w, x).dataSync<'float32'>().slice())

/** As `logitsOf`, as a tensor that is the caller's to dispose of. */
export function logitsTensor(forward: Forward, w: Parameters, x: Tensor3D): Tensor2D {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    return tf.tidy(() => forward(pass, w, x))
  } finally {
    pass.dispose()
  }
}

/** Networks that cannot be compiled, because they read values of tensors. */
const uncompilable = new WeakSet<Forward>()

/** As `logitsTensor`, for one of many batches of a shape: compiled where the backend can. */
export function logitsRepeated(forward: Forward, w: Parameters, x: Tensor3D): Tensor2D {
  if (!canCompile() || uncompilable.has(forward)) return logitsTensor(forward, w, x)
  const { shape } = x
  const parts = partsOf(shape[0])
  try {
    const { staying } = runCompiled<{ w: Parameters; x: Tensor3D }, null>(
      forward,
      JSON.stringify(['logits', shape, parameterShapes(w)]),
      { w, x },
      (input) => {
        const parameters = inputsOf(w, (shape, name) => input(shape, ({ w }) => w[name]!))
        const sequences = input(shape, ({ x }) => x) as Tensor3D
        const logits = Array.from({ length: parts }, (_, part) =>
          logitsTensor(forward, parameters, rowsOfPart(sequences, part, parts)),
        )
        return { outputs: [], staying: [tf.concat(logits, 0)], about: null }
      },
    )
    return staying[0] as Tensor2D
  } catch (error) {
    if (!(error instanceof NotTraceable)) throw error
    uncompilable.add(forward)
    return logitsTensor(forward, w, x)
  }
}
