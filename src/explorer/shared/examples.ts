import type { ShownDataset } from './manifest.js'

/** Test sequences: the class of each item, and its pixels. */
export interface Examples {
  readonly count: number
  /** `[count, items]`. */
  readonly labels: Uint8Array
  /** `[count, items, rows·columns]`. */
  readonly pixels: Uint8Array
}

/** Reads what the build wrote: labels of all items, then their pixels. */
export function readExamples(bytes: Uint8Array, { rows, columns, problem }: ShownDataset): Examples {
  const count = bytes.length / (problem.items * (1 + rows * columns))
  if (!Number.isInteger(count)) throw new Error(`${bytes.length} bytes are no whole test sequences`)
  const all = count * problem.items
  return { count, labels: bytes.subarray(0, all), pixels: bytes.subarray(all) }
}

/** The bytes of one item of a sequence, as a copy. */
export function exampleItem({ pixels, labels }: Examples, place: number): Uint8Array {
  const size = pixels.length / labels.length
  return pixels.slice(place * size, (place + 1) * size)
}
