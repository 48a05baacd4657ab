/** The shape of the problem: images of `rows` × `steps·stepColumns` pixels, read `stepColumns` at a time, and `classes` logits. */
export interface Geometry {
  readonly rows: number
  readonly stepColumns: number
  readonly steps: number
  readonly classes: number
}

/** The thesis's MNIST-MAJ: 28×84 pixels in 12 steps of 28×7, 10 classes. */
export const THESIS_GEOMETRY: Geometry = { rows: 28, stepColumns: 7, steps: 12, classes: 10 }

/** The number of neurons of each layer by name. */
export type Units = Readonly<Record<string, number>>

/** Throws a RangeError naming the first entry that is not a whole number ≥ 1. */
export function checkSizes(what: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`${what}.${name} is ${size}; it must be a whole number of at least 1`)
  }
}
