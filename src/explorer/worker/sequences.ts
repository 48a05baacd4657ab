import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { assembleBatch } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { ShownDataset } from '../shared/manifest.js'

/** Sequences of items that lie one after the other, whose classes nobody needs here. */
export function sequencesOf(pixels: Uint8Array, { rows, columns, problem }: ShownDataset): MajoritySequences {
  const images = pixels.length / (rows * columns)
  const count = images / problem.items
  return {
    images: { name: 'items', count: images, rows, columns, pixels, labels: new Uint8Array(images) },
    count,
    items: Int32Array.from({ length: images }, (_, item) => item),
    labels: new Uint8Array(count),
    relevant: new Uint8Array(images),
    itemsPerSequence: problem.items,
    majority: problem.majority,
    classes: problem.classes,
    rows,
    columns: problem.items * columns,
    stepColumns: problem.stepColumns,
    steps: (problem.items * columns) / problem.stepColumns,
    scan: problem.scan,
    anchors: new Int32Array(count),
    split: 'items',
    seed: 0,
    epoch: 0,
    freshSequences: false,
  }
}

/** Sequences as networks read them, `[count, rows, columns]`; the caller disposes of them. */
export function pixelsOf(items: readonly Uint8Array[], dataset: ShownDataset): Tensor3D {
  const size = dataset.rows * dataset.columns
  const pixels = new Uint8Array(items.length * size)
  for (const [i, item] of items.entries()) pixels.set(item, i * size)
  const { count, rows, columns, ...rest } = sequencesOf(pixels, dataset)
  const which = Array.from({ length: count }, (_, sequence) => sequence)
  const into = new Float32Array(count * rows * columns)
  return tf.tensor3d(assembleBatch({ count, rows, columns, ...rest }, which, into), [count, rows, columns])
}
