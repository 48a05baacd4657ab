import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiable } from '../network/differentiable.js'
import type { MaskSource } from '../network/dropout-mask.js'
import type { Forward, Parameters } from '../network/operations.js'
import { partsOf, rowsOfPart } from '../network/parts.js'
import { releasingTape } from '../network/release-tape.js'
import type { Layout } from './layout.js'
import { evidenceLoss } from './loss.js'

/** The loss, the logits `[batch, classes]` and a gradient for each parameter; none without training. */
export type Results = readonly [loss: Scalar, logits: Tensor2D, ...gradients: Tensor[]]

/** Where the logits stand among the results. */
const LOGITS = 1

/** The tensors of a step: effective parameters, sequences, the labels' one-hot rows and dropout masks. */
export interface Sources {
  readonly parameters: readonly Tensor[]
  readonly x: Tensor3D
  target(classes: number): Tensor2D
  readonly dropout?: MaskSource
}

/** The loss, the logits and the gradients. */
export const withGradients = (forward: Forward, layout: Layout, sources: Sources): Results =>
  inParts(sources, (part, count) => gradientsOf(forward, layout, count, part))

/** The loss and the logits, without dropout. */
export const withoutGradients = (forward: Forward, layout: Layout, sources: Sources): Results =>
  inParts(sources, (part, count) => valuesOf(forward, layout, count, part))

/** Each core computes a part of the batch, where the backend runs them beside one another. */
function inParts(sources: Sources, resultsOf: (part: Sources, count: number) => Results): Results {
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
      const ofPart: Sources = {
        parameters,
        x: rowsOfPart(sources.x, part, parts),
        target: (classes) => rows(() => target(classes), 1),
        dropout:
          dropout &&
          ((layer, count, units) =>
            rows(() => dropout(layer, parts * count, units), (parts * count) / batch)),
      }
      return resultsOf(ofPart, batch)
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

/** The part that these sequences have in the loss of `count`. */
function valuesOf(forward: Forward, layout: Layout, count: number, sources: Sources): Results {
  const pass = differentiable({ purpose: 'explaining' })
  try {
    const logits = forward(pass, named(layout, sources.parameters), sources.x)
    return [evidenceLoss(logits, sources.target(logits.shape[1]), count), logits]
  } finally {
    pass.dispose()
  }
}

const named = (layout: Layout, tensors: readonly Tensor[]): Parameters =>
  Object.fromEntries(layout.specs.map(({ name }, index) => [name, tensors[index]!]))
