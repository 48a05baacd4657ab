import type { MajoritySequences } from '../../data/majority.js'

/** The bytes of a sequence, 0 (background) to 255, row-major, `[rows, columns]`. */
export function sequencePixels(sequences: MajoritySequences, sequence: number): Uint8Array {
  const { images, items, itemsPerSequence, rows, columns } = sequences
  const pixels = new Uint8Array(rows * columns)
  for (let k = 0; k < itemsPerSequence; k++) {
    const image = items[sequence * itemsPerSequence + k]! * rows * images.columns
    for (let row = 0; row < rows; row++) {
      const line = images.pixels.subarray(image + row * images.columns, image + (row + 1) * images.columns)
      pixels.set(line, row * columns + k * images.columns)
    }
  }
  return pixels
}
