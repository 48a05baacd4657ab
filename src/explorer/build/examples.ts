import { gzipSync } from 'node:zlib'
import type { MajoritySequences } from '../../data/majority.js'
import { addAsset, type Files } from './files.js'

/** How many test sequences can be taken into the page. */
export const EXAMPLES = 64

/** Labels of the items of the first test sequences, then their pixels, as `readExamples` reads them. */
export function exampleBytes(
  { images, items, itemsPerSequence }: MajoritySequences,
  count: number,
): Uint8Array {
  const which = Array.from(items.subarray(0, count * itemsPerSequence))
  const size = images.rows * images.columns
  const bytes = new Uint8Array(which.length * (1 + size))
  for (const [place, image] of which.entries()) {
    bytes[place] = images.labels[image]!
    bytes.set(images.pixels.subarray(image * size, (image + 1) * size), which.length + place * size)
  }
  return bytes
}

/** Adds the first test sequences of a dataset to the files. */
export const addExamples = (files: Files, test: MajoritySequences, name: string) => ({
  ...addAsset(files, `${name}-examples.gz`, gzipSync(exampleBytes(test, EXAMPLES), { level: 9 })),
  count: EXAMPLES,
})
