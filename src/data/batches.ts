import type { MajoritySequences } from './majority.js'
import { PIXEL_RANGE } from './pixel-range.js'
import { randomStream, shuffle } from './random.js'

/**
 * Writes the chosen sequences as pixels `[batch, rows, items·columns]` in `PIXEL_RANGE` (background −1, ink 1) to the front of `into`.
 *
 * @param which positions in `sequences`, `[batch]`
 * @returns the part of `into` that was written, as a view of it
 * @throws if `into` is too short or a position does not exist
 * @example
 * const pixels = assembleBatch(test, [0, 1], new Float32Array(2 * test.rows * test.columns))
 */
export function assembleBatch(
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  into: Float32Array,
): Float32Array {
  const { images, items, itemsPerSequence, rows } = sequences
  const { pixels, columns } = images
  const { low, high } = PIXEL_RANGE
  const width = itemsPerSequence * columns
  const length = which.length * rows * width
  if (into.length < length) {
    throw new RangeError(
      `${which.length} sequences of ${rows}×${width} pixels need ${length} places; the array given has ${into.length}`,
    )
  }
  for (let b = 0; b < which.length; b++) {
    const sequence = position(sequences, which[b]!)
    for (let k = 0; k < itemsPerSequence; k++) {
      let from = items[sequence * itemsPerSequence + k]! * rows * columns
      let row = b * rows * width + k * columns
      for (let r = 0; r < rows; r++, from += columns, row += width) {
        for (let c = 0; c < columns; c++) into[row + c] = low + (pixels[from + c]! * (high - low)) / 255
      }
    }
  }
  return into.subarray(0, length)
}

/**
 * The labels of the chosen sequences, `[batch]`, 0 to classes − 1.
 *
 * @param which positions in `sequences`, `[batch]`
 * @throws if a position does not exist
 */
export function batchLabels(sequences: MajoritySequences, which: ArrayLike<number>): Int32Array {
  return Int32Array.from(which, (sequence) => sequences.labels[position(sequences, sequence)]!)
}

/**
 * A random order of 0 … count − 1, as a function of (count, seed, epoch).
 *
 * @throws if the count is not a whole number of at least 0
 */
export function permutation(count: number, seed: number, epoch = 0): Int32Array {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`The count must be a whole number of at least 0, not ${count}`)
  }
  const order = Int32Array.from({ length: count }, (_, index) => index)
  return shuffle(randomStream(seed, 'permutation', count, epoch), order)
}

/**
 * Cuts an order into consecutive batches, as views of it; the last one holds what is left over.
 *
 * @throws if the batch size is not a whole number of at least 1
 */
export function batchesOf(order: Int32Array, batchSize: number): Int32Array[] {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`The batch size must be a whole number of at least 1, not ${batchSize}`)
  }
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, batch) =>
    order.subarray(batch * batchSize, (batch + 1) * batchSize),
  )
}

function position(sequences: MajoritySequences, index: number): number {
  if (Number.isInteger(index) && index >= 0 && index < sequences.count) return index
  throw new RangeError(`There is no sequence ${index}: they are numbered 0 to ${sequences.count - 1}`)
}
