import * as tf from '@tensorflow/tfjs-core'
import { sizeOf } from '../../network/parameters.js'
import type { ActivationLayer, DropoutLayer } from '../imported-layer.js'
import { activate, domainBehind } from './activations.js'
import { type LayerKind, none } from './layer-kind.js'
import { tapped } from './tapped.js'

export const activation: LayerKind<ActivationLayer> = {
  hasUnits: false,
  outputShape: (_layer, input) => [...input],
  parameters: none,
  apply: (ops, _w, { name, activation }, signal, around) =>
    activation === 'linear'
      ? signal
      : tapped(
          ops,
          name,
          { ...signal, x: activate(ops, signal.x, activation), domain: domainBehind(activation) },
          around,
        ),
}

/** Dropout while training. */
export const dropout: LayerKind<DropoutLayer> = {
  hasUnits: false,
  outputShape: (_layer, input) => [...input],
  parameters: none,
  apply(ops, _w, { name }, signal) {
    const { shape } = signal.x
    const rows = tf.reshape<tf.Rank.R2>(signal.x, [shape[0]!, sizeOf(shape.slice(1))])
    return { ...signal, x: tf.reshape(ops.keep(name, rows), shape) }
  },
}
