import type { Geometry, Units } from '../network/geometry.js'
import type { ParameterValues } from '../network/parameters.js'

/** A list of numbers with its shape, row-major, as golden files write tensors. */
interface GoldenTensor {
  readonly shape: number[]
  readonly values: number[]
}

/** A golden file: a small network, sequences, and what an independent float64 implementation computed from them. */
export interface Golden {
  readonly architecture: string
  readonly geometry: Geometry
  readonly units: Units
  readonly inputRange: readonly [number, number]
  readonly parameters: Readonly<Record<string, GoldenTensor>>
  readonly sequences: GoldenTensor
  readonly target: number[]
  readonly logits: GoldenTensor
  readonly relevance: Readonly<Record<string, GoldenTensor>>
}

/** A golden file's parameters as this project holds them. */
export const goldenParameters = ({ parameters }: Golden): Record<string, ParameterValues> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape, values }]) => [
      name,
      { shape, values: Float32Array.from(values) },
    ]),
  )
