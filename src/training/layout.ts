import { type NamedValues, type ParameterSpec, sizeOf } from '../network/parameters.js'

/** Where each parameter lies in one flat vector, so that Adam's moments and what a state file keeps are vectors too. */
export interface Layout {
  readonly specs: readonly ParameterSpec[]
  readonly offsets: readonly number[]
  readonly size: number
}

/** Parameters laid out one after the other. */
export function layoutOf(specs: readonly ParameterSpec[]): Layout {
  const offsets: number[] = []
  let size = 0
  for (const { shape } of specs) {
    offsets.push(size)
    size += sizeOf(shape)
  }
  return { specs, offsets, size }
}

/** How many numbers each parameter has. */
export const sizesOf = ({ specs }: Layout): number[] => specs.map(({ shape }) => sizeOf(shape))

/** The part of a flat vector that holds parameter `index`, as a view. */
export function partOf(layout: Layout, flat: Float32Array, index: number): Float32Array {
  const start = layout.offsets[index]!
  return flat.subarray(start, start + sizeOf(layout.specs[index]!.shape))
}

/** Named copies of the parts of a flat vector. */
export const toNamed = (layout: Layout, flat: Float32Array): NamedValues =>
  Object.fromEntries(
    layout.specs.map(({ name, shape }, index) => [
      name,
      { shape, values: partOf(layout, flat, index).slice() },
    ]),
  )

/** The flat vector of named values. */
export function toFlat(layout: Layout, named: NamedValues): Float32Array {
  const flat = new Float32Array(layout.size)
  for (const [index, { name }] of layout.specs.entries()) partOf(layout, flat, index).set(named[name]!.values)
  return flat
}
