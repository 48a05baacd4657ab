import { createHash } from 'node:crypto'
import type { NamedValues } from '../../network/parameters.js'

/** A digest of tensors by name: shapes and every bit of every value. */
export function digestOf(tensors: NamedValues): string {
  const digest = createHash('sha256')
  for (const name of Object.keys(tensors).sort()) {
    const { shape, values } = tensors[name]!
    digest.update(`${name} ${shape.join()}`).update(values)
  }
  return digest.digest('hex')
}

/** Deterministic values of one float32 tensor. */
export const tensor = (shape: readonly number[], phase: number) => ({
  shape: [...shape],
  values: Float32Array.from(
    { length: shape.reduce((size, side) => size * side, 1) },
    (_, i) => Math.sin(i + phase) / 3,
  ),
})
