import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { partsOf, rowsOfPart } from '../network/compiled/parts.js'
import { runCompiled } from '../network/compiled/run-compiled.js'
import { differentiable } from '../network/differentiable.js'
import type { MaskSource } from '../network/dropout-mask.js'
import { oneHot } from '../network/one-hot.js'
import type { Forward, Parameters } from '../network/operations.js'
import { predictionsOf } from '../network/predictions.js'
import { releasingTape } from '../network/release-tape.js'
import type { MaskDraw } from './dropout.js'
import { type Layout, partOf } from './layout.js'
import { evidenceLoss } from './loss.js'

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

/** The loss, the logits `[batch, classes]` and a gradient for each parameter; none without training. */
type Results = readonly [loss: Scalar, logits: Tensor2D, ...gradients: Tensor[]]

/** Where the logits stand among the results. */
const LOGITS = 1

/** What changes from one step to the next. */
interface Given {
  readonly effective: Float32Array
  readonly batch: Batch
  readonly draw?: MaskDraw
}

/** The tensors of a step. */
interface Sources {
  readonly parameters: readonly Tensor[]
  readonly x: Tensor3D
  target(classes: number): Tensor2D
  readonly dropout?: MaskSource
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
  const [loss, logits, ...gradients] = run(forward, 'training', step, layout, {
    effective,
    batch,
    draw,
  })
  for (const [index, values] of gradients.entries()) partOf(layout, gradient, index).set(values)
  return { loss: loss![0]!, correct: countCorrect(logits!, batch.labels) }
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
  return { loss: loss![0]!, correct: countCorrect(logits!, batch.labels) }
}

/** Each core computes the gradient of a part of the batch, where the backend runs them beside one another. */
function withGradients(forward: Forward, layout: Layout, sources: Sources): Results {
  const [batch] = sources.x.shape
  const parts = partsOf(batch)
  const shared: Tensor2D[] = []
  try {
    const results = Array.from({ length: parts }, (_, part) => {
      let next = 0
      // Kept, because it is made while the first part is computed and used by all; each asks for them in the same order.
      const rows = (make: () => Tensor2D, steps: number) => {
        const index = next++
        shared[index] ??= tf.keep(make())
        return rowsOfPart(shared[index], part, parts, steps)
      }
      const { parameters, target, dropout } = sources
      return gradientsOf(forward, layout, batch, {
        parameters,
        x: rowsOfPart(sources.x, part, parts),
        target: (classes) => rows(() => target(classes), 1),
        dropout:
          dropout &&
          ((layer, count, units) =>
            rows(() => dropout(layer, parts * count, units), (parts * count) / batch)),
      })
    })
    const [first, ...others] = results as [Results, ...Results[]]
    if (others.length === 0) return first
    return first.map((tensor, i) => {
      const all = [tensor, ...others.map((other) => other[i]!)]
      return i === LOGITS ? tf.concat(all, 0) : all.reduce((left, right) => tf.add(left, right))
    }) as unknown as Results
  } finally {
    tf.dispose(shared)
  }
}

/** The part that these sequences have in the loss of `count`, and its gradient. */
function gradientsOf(forward: Forward, layout: Layout, count: number, sources: Sources): Results {
  const pass = differentiable({ purpose: 'training', dropout: sources.dropout })
  try {
    const kept: Tensor2D[] = []
    const loss = () => {
      const logits = forward(pass, named(layout, sources.parameters), sources.x)
      kept.push(tf.keep(tf.clone(logits)))
      return evidenceLoss(logits, sources.target(logits.shape[1]), count)
    }
    try {
      // Unlike tf.valueAndGrads, allows for parameters that take no part: with one step nothing is recurrent.
      const { value, grads } = releasingTape(() =>
        tf.engine().gradients(loss, [...sources.parameters], undefined, true),
      )
      const gradients = (grads as (Tensor | undefined)[]).map(
        (gradient, index) => gradient ?? tf.zeros([...layout.specs[index]!.shape]),
      )
      return [value as Scalar, tf.clone(kept[0]!), ...gradients]
    } finally {
      tf.dispose(kept)
    }
  } finally {
    pass.dispose()
  }
}

function withoutGradients(forward: Forward, layout: Layout, sources: Sources): Results {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    const logits = forward(pass, named(layout, sources.parameters), sources.x)
    return [evidenceLoss(logits, sources.target(logits.shape[1])), logits]
  } finally {
    pass.dispose()
  }
}

/** Runs a step on values and returns those of its results. */
function run(
  forward: Forward,
  purpose: string,
  step: (sources: Sources) => Results,
  layout: Layout,
  given: Given,
): Float32Array[] {
  const { shape } = given.batch
  const key = `${purpose} ${shape} ${given.draw ? 'with dropout' : ''}`
  const { values } = runCompiled<Given, null>(forward, key, given, (input) => ({
    about: null,
    outputs: step({
      parameters: layout.specs.map(({ shape }, index) =>
        input(shape, ({ effective }) => partOf(layout, effective, index)),
      ),
      x: input(shape, ({ batch }) => batch.x) as Tensor3D,
      target: (classes) =>
        input([shape[0], classes], ({ batch }) => oneHot(batch.labels, classes)) as Tensor2D,
      dropout:
        given.draw &&
        ((layer, rows, units) => input([rows, units], ({ draw }) => draw!(layer, rows, units)) as Tensor2D),
    }),
  }))
  return values
}

const named = (layout: Layout, tensors: readonly Tensor[]): Parameters =>
  Object.fromEntries(layout.specs.map(({ name }, index) => [name, tensors[index]!]))

/** How many logits `[batch, classes]` are highest at the label. */
function countCorrect(logits: Float32Array, labels: Int32Array): number {
  const predictions = predictionsOf(logits, logits.length / labels.length)
  return labels.filter((label, row) => label === predictions[row]).length
}
