import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Architecture } from '../../src/architectures/index.js'
import { type ExplainOptions, type Explanation, explainBatch } from '../../src/explanation/index.js'
import { logitsOf } from '../../src/network/logits.js'
import { randomNetwork, randomSequences, TINY, tensorsOf } from '../architectures/networks.js'

/** A random network of few units, its sequences as numbers, and what it computes of others. */
export function small(architecture: Architecture, batch = 4) {
  const network = randomNetwork(architecture)
  const x = randomSequences(batch)
  const pixels = x.dataSync<'float32'>().slice()
  x.dispose()
  const shape: [number, number, number] = [batch, TINY.rows, TINY.steps * TINY.stepColumns]
  const size = shape[1] * shape[2]
  const tensor = (values: ArrayLike<number>): Tensor3D => tf.tensor3d(Float32Array.from(values), shape)
  return {
    network,
    pixels,
    shape,
    size,
    explain(options: ExplainOptions, values: ArrayLike<number> = pixels): Explanation {
      const [w, x] = [tensorsOf(network), tensor(values)]
      try {
        return explainBatch(network.forward, w, x, { geometry: TINY, items: TINY.steps, ...options })
      } finally {
        tf.dispose([w, x])
      }
    },
    /** `[batch][classes]`. */
    logits(values: ArrayLike<number> = pixels): number[][] {
      const [w, x] = [tensorsOf(network), tensor(values)]
      try {
        const logits = logitsOf(network.forward, w, x)
        return Array.from({ length: batch }, (_, row) => [
          ...logits.subarray(row * TINY.classes, (row + 1) * TINY.classes),
        ])
      } finally {
        tf.dispose([w, x])
      }
    },
    /** The pixels with those for which `isGone(row, column)` at −1. */
    without: (isGone: (row: number, column: number) => boolean): Float32Array =>
      pixels.map((pixel, i) => (isGone(Math.floor((i % size) / shape[2]), i % shape[2]) ? -1 : pixel)),
    /** Σ of each sequence's values, `[batch]`. */
    sums: (values: ArrayLike<number>): number[] =>
      Array.from({ length: batch }, (_, row) => {
        let sum = 0
        for (let i = row * size; i < (row + 1) * size; i++) sum += values[i]!
        return sum
      }),
  }
}

/** z_k − log(1 + Σ_{j≠k} exp z_j). */
export const logOddsOf = (logits: readonly number[], k: number): number =>
  logits[k]! - Math.log(1 + logits.reduce((sum, z, j) => (j === k ? sum : sum + Math.exp(z)), 0))
