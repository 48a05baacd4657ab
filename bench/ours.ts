import * as tf from '@tensorflow/tfjs-core'
import { randomStream } from '../src/data/random.js'
import { explainBatch, type Method } from '../src/explanation/index.js'
import { runCompiled } from '../src/network/execution.js'
import { logitsOf } from '../src/network/logits.js'
import { toTensors } from '../src/network/parameters.js'
import { partsOf, rowsOfPart } from '../src/network/parts.js'
import { startAdam } from '../src/training/adam.js'
import { dropoutMasks } from '../src/training/dropout.js'
import { toNamed } from '../src/training/layout.js'
import { toEffective } from '../src/training/negative-bias.js'
import { type Batch, lossAndGradient } from '../src/training/step.js'
import { Stepper } from '../src/training/stepper.js'
import type { Problem } from './problem.js'

/** What dropout keeps while steps are timed. */
export const KEEP = 0.95

const RATE = 1e-3

/** The parameters as they are used, with biases ≤ 0. */
export const effectiveOf = ({ layout, trained }: Problem): Float32Array =>
  toEffective(layout, trained, new Float32Array(layout.size))

/** A training step as `fit` does it: dropout masks, loss, gradient, Adam. */
export function stepper(problem: Problem, batch: Batch): () => void {
  const { layout, forward, trained } = problem
  const training = new Stepper(forward, layout, { trained, adam: startAdam(layout.size) })
  const drawMasks = dropoutMasks('perStep', KEEP)
  let steps = 0
  return () => {
    const masks = drawMasks(batch.labels.length, randomStream(1, 'dropout', steps++))
    training.step(batch, RATE, masks)
  }
}

/** An explanation of a batch as `evaluate` does it. */
export function explainer(problem: Problem, batch: Batch, method: Method): () => Float32Array {
  const w = toTensors(toNamed(problem.layout, effectiveOf(problem)))
  const x = tf.tensor3d(batch.x, batch.shape)
  return () =>
    explainBatch(problem.forward, w, x, {
      method,
      target: batch.labels,
      geometry: problem.geometry,
      repeated: true,
    }).relevance
}

/** The logits `[batch, classes]`. */
export function logits(problem: Problem, batch: Batch): Float32Array {
  const w = toTensors(toNamed(problem.layout, effectiveOf(problem)))
  const x = tf.tensor3d(batch.x, batch.shape)
  const result = logitsOf(problem.forward, w, x)
  tf.dispose([w, x])
  return result
}

/** The gradient of the loss with respect to the effective parameters, without dropout. */
export function gradients(problem: Problem, batch: Batch): Float32Array {
  const gradient = new Float32Array(problem.layout.size)
  lossAndGradient(problem.forward, problem.layout, effectiveOf(problem), batch, gradient)
  return gradient
}

/** The product of two matrices `[size, size]`, by all cores. */
export function product(size: number): () => void {
  const given = { a: tf.randomUniform([size, size]), b: tf.randomUniform([size, size]) }
  const parts = partsOf(size)
  return () =>
    runCompiled<typeof given, null>(given, 'product', given, (input) => {
      const a = input([size, size], ({ a }) => a)
      const b = input([size, size], ({ b }) => b)
      const rows = Array.from({ length: parts }, (_, part) => tf.matMul(rowsOfPart(a, part, parts), b))
      return { outputs: rows, about: null }
    })
}
