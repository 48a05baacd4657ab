import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Explained } from './method.js'

/** A rectangle of pixels. */
export interface Region {
  readonly top: number
  readonly left: number
  readonly rows: number
  readonly columns: number
}

/**
 * Occlusion (Zeiler and Fergus 2014): by how much f falls when the pixels of a region are all at the range's low end, spread evenly over
 * them; regions do not overlap.
 */
export function occlusionOf({ x, range, evidence }: Explained, regions: readonly Region[]): Tensor3D {
  const whole = evidence()
  const falls = regions.map((region) => {
    const mask = maskOf(x, [region])
    return tf.sub<Tensor1D>(whole, evidence(blanked(x, mask, range.low)))
  })
  return spreadOver(x, falls, regions)
}

/** x with the pixels of a mask `[1, rows, columns]` of zeros and ones at the low end. */
export const blanked = (x: Tensor3D, mask: Tensor3D, low: number): Tensor3D =>
  tf.add(tf.mul(x, tf.sub(1, mask)), tf.mul(mask, low))

/** 1 at the pixels of some regions and 0 elsewhere, `[1, rows, columns]`. */
export const maskOf = ({ shape: [, rows, columns] }: Tensor3D, regions: readonly Region[]): Tensor3D =>
  tf.tensor3d(maskValues(rows, columns, regions), [1, rows, columns])

function maskValues(rows: number, columns: number, regions: readonly Region[]): Float32Array {
  const values = new Float32Array(rows * columns)
  for (const { top, left, ...size } of regions)
    for (let row = top; row < top + size.rows; row++)
      values.fill(1, row * columns + left, row * columns + left + size.columns)
  return values
}

/** A value `[batch]` for each region, in equal parts to the region's pixels, of x's shape. */
export function spreadOver(x: Tensor3D, values: readonly Tensor1D[], regions: readonly Region[]): Tensor3D {
  const [batch, rows, columns] = x.shape
  const shares = values.map((value, k) => {
    const { rows, columns } = regions[k]!
    return tf.reshape<tf.Rank.R2>(tf.div(value, rows * columns), [batch, 1])
  })
  const masks = new Float32Array(regions.length * rows * columns)
  for (const [k, region] of regions.entries())
    masks.set(maskValues(rows, columns, [region]), k * rows * columns)
  const spread = tf.tensor2d(masks, [regions.length, rows * columns])
  return tf.reshape(tf.matMul(tf.concat<Tensor2D>(shares, 1), spread), x.shape)
}

/** The items of sequences; `title` names the method where their number was not told. */
export function itemRegions({ x, items }: Explained, title: string): Region[] {
  if (items === null) throw new Error(`${title} needs to know how many items a sequence has: give items`)
  const [, rows, columns] = x.shape
  const width = columns / items
  return Array.from({ length: items }, (_, k) => ({ top: 0, left: k * width, rows, columns: width }))
}
