import type { MajoritySequences } from './majority.js'

/** Where one item of a sequence comes from. */
export interface ItemProvenance {
  /** The original file, such as `mnist/train-images-idx3-ubyte` or `shapes/train/disc/07.png`. */
  readonly file: string
  /** The image's number in its part of the dataset, from 0. */
  readonly index: number
  readonly label: number
  readonly relevant: boolean
}

/**
 * The origin of each item of a sequence, from left to right.
 *
 * @throws if there is no such sequence
 */
export function provenance(sequences: MajoritySequences, sequence: number): ItemProvenance[] {
  const { images, items, relevant, itemsPerSequence, count } = sequences
  if (!Number.isInteger(sequence) || sequence < 0 || sequence >= count) {
    throw new RangeError(`There is no sequence ${sequence}: they are numbered 0 to ${count - 1}`)
  }
  return Array.from({ length: itemsPerSequence }, (_, k) => {
    const place = sequence * itemsPerSequence + k
    const index = items[place]!
    return {
      file: images.files?.[index] ?? images.name,
      index,
      label: images.labels[index]!,
      relevant: relevant[place] === 1,
    }
  })
}
