import type { Tensor3D } from '@tensorflow/tfjs-core'
import type { Geometry } from '../network/geometry.js'
import type { Evidence } from './evidence.js'
import type { InputRange } from './rule.js'

/**
 * The class that is explained: the network's own prediction, its runner-up, which has the second highest logit, one class for all, or
 * one per sequence such as the labels.
 */
export type Target = 'prediction' | 'runnerUp' | number | ArrayLike<number>

/** Throws a RangeError unless low < high, both finite. */
export function checkRange({ low, high }: InputRange): void {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new RangeError(`the range of the pixels is [${low}, ${high}]; low must be below high, both finite`)
}

/** Throws a RangeError unless there are sequences `[batch, rows, columns]`, of the geometry where one is given. */
export function checkSequences({ shape }: Tensor3D, geometry: Geometry | undefined): void {
  if (shape.length !== 3 || shape[0] < 1)
    throw new RangeError(
      `sequences have shape [${shape}]; there must be at least one, [batch, rows, columns]`,
    )
  if (geometry === undefined) return
  const { rows, steps, stepColumns } = geometry
  if (shape[1] !== rows || shape[2] !== steps * stepColumns)
    throw new RangeError(
      `sequences have shape [${shape}]; the geometry says [batch, ${rows}, ${steps * stepColumns}]`,
    )
}

/** Throws a RangeError unless the columns of sequences `[batch, rows, columns]` are those of so many items of one width. */
export function checkItems({ shape }: Tensor3D, items: number | undefined): void {
  if (items === undefined) return
  const columns = shape[2]!
  if (!(Number.isInteger(items) && items >= 1 && columns % items === 0))
    throw new RangeError(`sequences of ${columns} columns cannot be ${items} items of equal width`)
}

/** Throws an Error unless the quantity is one that there is. */
export function checkEvidence(evidence: Evidence): void {
  if (evidence !== 'logit' && evidence !== 'logOdds')
    throw new Error(`the evidence is ${shown(evidence)}; it must be logit or logOdds`)
}

/** Throws a RangeError naming the first pixel of `[batch, rows, columns]` that lies outside the range or is not a number. */
export function checkPixels(x: Tensor3D, { low, high }: InputRange): void {
  const pixels = x.dataSync<'float32'>()
  // Pixels at a bound are as near to it as single precision is.
  const [lowest, highest] = [Math.fround(low), Math.fround(high)]
  const outside = pixels.findIndex((pixel) => !(pixel >= lowest && pixel <= highest))
  if (outside < 0) return
  const sequence = Math.floor(outside / (pixels.length / x.shape[0]))
  throw new RangeError(
    `sequence ${sequence} has a pixel of ${pixels[outside]}; pixels must lie in the range [${low}, ${high}]`,
  )
}

/**
 * The class that is explained of each sequence, `[batch]`.
 *
 * @throws Error when a target is not a class, or there is not one per sequence
 */
export function targetsOf(
  target: Exclude<Target, 'prediction' | 'runnerUp'>,
  batch: number,
  classes: number,
): Int32Array {
  const isList = typeof target === 'object' && target !== null && typeof target.length === 'number'
  if (!isList && typeof target !== 'number')
    throw new Error(
      `the target is ${shown(target)}; it must be prediction, runnerUp, a class, or a list of classes`,
    )
  if (isList && target.length !== batch)
    throw new Error(`there are ${target.length} targets for ${batch} sequences`)
  const targets: unknown[] = Array.from({ length: batch }, (_, row) => (isList ? target[row] : target))
  const wrong = targets.find((k) => !(typeof k === 'number' && Number.isInteger(k) && k >= 0 && k < classes))
  if (wrong !== undefined || targets.includes(undefined))
    throw new Error(`target ${shown(wrong)} is not a class; classes are 0 to ${classes - 1}`)
  return Int32Array.from(targets as number[])
}

/** A value as it was written. */
function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
    ? JSON.stringify(value)
    : String(value)
}
