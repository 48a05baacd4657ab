import * as tf from '@tensorflow/tfjs-core'
import { sizeOf } from '../../network/parameters.js'
import type { FlattenLayer, PermuteLayer, ReshapeLayer } from '../imported-layer.js'
import { type Signal, sequenceBySequence, stepByStep } from '../signal.js'
import { type LayerKind, none, refuse } from './layer-kind.js'

interface Rearranging {
  readonly name: string
  readonly perStep: boolean
}

/** The axes that a layer rearranges: those behind the steps, or all. */
const ownAxes = ({ perStep }: Rearranging, shape: readonly number[]) => (perStep ? shape.slice(1) : shape)

/** A layer that only moves numbers: their new shape, and how a tensor `[rows, …axes]` gets it. */
function rearranging<L extends Rearranging>(
  newShape: (layer: L, axes: readonly number[]) => number[],
  move: (layer: L, x: tf.Tensor, shape: number[]) => tf.Tensor,
): LayerKind<L> {
  const outputShape = (layer: L, input: readonly number[]) => {
    if (layer.perStep && input.length < 2) throw refuse(layer, `reads [${input}], which has no steps`)
    const moved = newShape(layer, ownAxes(layer, input))
    return layer.perStep ? [input[0]!, ...moved] : moved
  }
  return {
    hasUnits: false,
    outputShape,
    parameters: none,
    apply(_ops, _w, layer, signal): Signal {
      const rows = layer.perStep ? stepByStep(signal) : sequenceBySequence(signal)
      const moved = newShape(layer, ownAxes(layer, signal.shape))
      const x = move(layer, rows.x, [rows.x.shape[0]!, ...moved])
      return { ...rows, x, shape: outputShape(layer, signal.shape) }
    },
  }
}

export const flatten = rearranging<FlattenLayer>(
  (_layer, axes) => [sizeOf(axes)],
  (_layer, x, shape) => tf.reshape(x, shape),
)

export const reshape = rearranging<ReshapeLayer>(
  (layer, axes) => {
    const known = sizeOf(layer.shape.filter((length) => length !== -1))
    const shape = layer.shape.map((length) => (length === -1 ? sizeOf(axes) / known : length))
    if (sizeOf(shape) !== sizeOf(axes) || !shape.every(Number.isInteger))
      throw refuse(layer, `reshapes [${axes}] to [${layer.shape}], which has another number of elements`)
    return shape
  },
  (_layer, x, shape) => tf.reshape(x, shape),
)

export const permute = rearranging<PermuteLayer>(
  (layer, axes) => {
    if ([...layer.axes].sort((a, b) => a - b).join() !== axes.map((_, i) => i + 1).join())
      throw refuse(
        layer,
        `orders the axes of [${axes}] as [${layer.axes}]; it needs each of them once, from 1`,
      )
    return layer.axes.map((axis) => axes[axis - 1]!)
  },
  ({ axes }, x) => tf.transpose(x, [0, ...axes]),
)
