import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import { type Input, runCompiled } from '../network/execution.js'
import { oneHot } from '../network/one-hot.js'
import type { Forward } from '../network/operations.js'
import { predictionsOf } from '../network/predictions.js'
import type { MaskDraw } from './dropout.js'
import { type Results, type Sources, withGradients, withoutGradients } from './gradient.js'
import { type Layout, partOf } from './layout.js'

/** A batch of sequences `[batch, rows, steps·stepColumns]` in the input range and their labels `[batch]`. */
export interface Batch {
  readonly x: Float32Array
  readonly shape: [number, number, number]
  readonly labels: Int32Array
}

/** The loss of a batch (mean), and how many of its sequences are classified correctly. */
export interface BatchResult {
  readonly loss: number
  readonly correct: number
}

/** What changes from one batch to the next. */
export interface GivenBatch {
  readonly batch: Batch
  readonly draw?: MaskDraw
}

interface Given extends GivenBatch {
  readonly effective: Float32Array
}

/**
 * The loss of a batch and its gradient with respect to the effective parameters, written into `gradient`.
 *
 * On the native backend the first batch of a shape compiles the step.
 */
export function lossAndGradient(
  forward: Forward,
  layout: Layout,
  effective: Float32Array,
  batch: Batch,
  gradient: Float32Array,
  draw?: MaskDraw,
): BatchResult {
  const step = (sources: Sources): Results => withGradients(forward, layout, sources)
  const [loss, logits, ...gradients] = run(forward, 'gradient', step, layout, { effective, batch, draw })
  for (const [index, values] of gradients.entries()) partOf(layout, gradient, index).set(values)
  return resultOf(batch, loss!, logits!)
}

/** The loss of a batch and its correct classifications, without dropout or gradients. */
export function lossAndAccuracy(
  forward: Forward,
  layout: Layout,
  effective: Float32Array,
  batch: Batch,
): BatchResult {
  const step = (sources: Sources): Results => withoutGradients(forward, layout, sources)
  const [loss, logits] = run(forward, 'evaluation', step, layout, { effective, batch })
  return resultOf(batch, loss!, logits!)
}

/** Runs a step on values and returns those of its results. */
function run(
  forward: Forward,
  purpose: string,
  step: (sources: Sources) => Results,
  layout: Layout,
  given: Given,
): Float32Array[] {
  const { values } = runCompiled<Given, null>(forward, keyOf(purpose, layout, given), given, (input) => ({
    about: null,
    outputs: step({
      parameters: layout.specs.map(({ shape }, index) =>
        input(shape, ({ effective }) => partOf(layout, effective, index)),
      ),
      ...batchSources(input, given),
    }),
  }))
  return values
}

/** Tells the compiled steps of a network apart. */
export const keyOf = (purpose: string, { specs }: Layout, { batch, draw }: GivenBatch): string =>
  JSON.stringify([purpose, specs, batch.shape, draw !== undefined])

/** The inputs of a step that a batch gives, of the size and with the dropout of this one. */
export function batchSources<Given extends GivenBatch>(
  input: Input<Given>,
  { batch: { shape }, draw }: GivenBatch,
): Omit<Sources, 'parameters'> {
  return {
    x: input(shape, ({ batch }) => batch.x) as Tensor3D,
    target: (classes) => input([shape[0], classes], ({ batch }) => oneHot(batch.labels, classes)) as Tensor2D,
    dropout:
      draw &&
      ((layer, rows, units) => input([rows, units], ({ draw }) => draw!(layer, rows, units)) as Tensor2D),
  }
}

/** What the values of loss and logits `[batch, classes]` say of a batch. */
export function resultOf({ labels }: Batch, loss: Float32Array, logits: Float32Array): BatchResult {
  const predictions = predictionsOf(logits, logits.length / labels.length)
  return { loss: loss[0]!, correct: labels.filter((label, row) => label === predictions[row]).length }
}
