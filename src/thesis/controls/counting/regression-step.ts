import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../../../network/custom-gradient.js'
import { differentiable } from '../../../network/differentiable.js'
import { runCompiled } from '../../../network/execution.js'
import type { Forward } from '../../../network/operations.js'
import { releasingTape } from '../../../network/release-tape.js'
import { ADAM_SCALARS, type AdamVectors, adamScalars, adamStep } from '../../../training/adam.js'
import { type Layout, sizesOf } from '../../../training/layout.js'
import { negativeBias, negativeBiasGradient } from '../../../training/negative-bias.js'

/** Sequences `[batch, rows, columns]` and the logits that they should get, `[batch, classes]`. */
export interface RegressionBatch {
  readonly x: Float32Array
  readonly shape: readonly [number, number, number]
  readonly wanted: Float32Array
}

/** The mean over a batch and its logits of (f − wanted)². */
export function squaredError(logits: Tensor2D, wanted: Tensor2D): Scalar {
  return customGradient<Scalar>([logits], (save) => {
    const difference = tf.sub(logits, wanted)
    save([difference])
    return {
      value: tf.mean(tf.square(difference)) as Scalar,
      backward: (dy, [difference]) => [tf.mul(difference!, tf.mul(dy, 2 / logits.size))],
    }
  })
}

interface Given {
  readonly batch: RegressionBatch
  readonly vectors: AdamVectors
  readonly scalars: Float32Array
}

/** One step of Adam on the squared error of a batch, as one computation; returns that error before the step, and the vectors after it, which are the caller's to dispose of. */
export function regressionStep(
  forward: Forward,
  layout: Layout,
  batch: RegressionBatch,
  vectors: AdamVectors,
  { t, learningRate }: { readonly t: number; readonly learningRate: number },
): { readonly error: number; readonly vectors: AdamVectors } {
  const given: Given = { batch, vectors, scalars: adamScalars(t, learningRate) }
  const key = JSON.stringify(['regression', layout.specs, batch.shape])
  const { values, staying } = runCompiled<Given, null>(forward, key, given, (input) => {
    const vector = (name: keyof AdamVectors) =>
      input([layout.size], ({ vectors }) => vectors[name]) as Tensor1D
    const before = { parameters: vector('parameters'), m: vector('m'), v: vector('v') }
    const x = input(batch.shape, ({ batch }) => batch.x) as Tensor3D
    const wanted = input([batch.shape[0], batch.wanted.length / batch.shape[0]], ({ batch }) => batch.wanted)
    const { error, gradient } = errorAndGradient(forward, layout, before.parameters, x, wanted as Tensor2D)
    const after = adamStep(before, gradient, input([ADAM_SCALARS], ({ scalars }) => scalars) as Tensor1D)
    return { outputs: [error], staying: [after.parameters, after.m, after.v], about: null }
  })
  const [parameters, m, v] = staying as [Tensor1D, Tensor1D, Tensor1D]
  return { error: values[0]![0]!, vectors: { parameters, m, v } }
}

/** The gradient is that of the trained parameters, in which a bias ≤ 0 is −softplus(β). */
function errorAndGradient(
  forward: Forward,
  layout: Layout,
  vector: Tensor1D,
  x: Tensor3D,
  wanted: Tensor2D,
): { readonly error: Scalar; readonly gradient: Tensor1D } {
  const trained = tf
    .split<Tensor1D>(vector, sizesOf(layout))
    .map((part, i): Tensor => tf.reshape(part, [...layout.specs[i]!.shape]))
  const isNegative = layout.specs.map(({ kind }) => kind === 'negativeBias')
  const effective = trained.map((part, i) => (isNegative[i] ? negativeBias(part) : part))
  const pass = differentiable({ purpose: 'training' })
  try {
    const named = Object.fromEntries(layout.specs.map(({ name }, i) => [name, effective[i]!]))
    const error = () => squaredError(forward(pass, named, x), wanted)
    const { value, grads } = releasingTape(() => tf.engine().gradients(error, effective, undefined, true))
    const flat = (grads as (Tensor | undefined)[]).map((gradient, i) => {
      if (gradient === undefined) return tf.zeros<tf.Rank.R1>([effective[i]!.size])
      const own = isNegative[i] ? negativeBiasGradient(trained[i]!, gradient) : gradient
      return tf.reshape<tf.Rank.R1>(own, [own.size])
    })
    return { error: value as Scalar, gradient: tf.concat<Tensor1D>(flat) }
  } finally {
    pass.dispose()
  }
}
