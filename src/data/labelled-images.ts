import { parseIdxImages, parseIdxLabels } from './idx.js'

/** Grey images with their classes: one part of a dataset. */
export interface LabelledImages {
  /** Where they come from, such as the file `mnist/train-images-idx3-ubyte`. */
  readonly name: string
  readonly count: number
  readonly rows: number
  readonly columns: number
  /** `[count, rows, columns]`, 0 (background) to 255. */
  readonly pixels: Uint8Array
  /** `[count]`, the class of each image. */
  readonly labels: Uint8Array
  /** How many classes the dataset has, some of which may have no image here. Default: the highest label + 1. */
  readonly classes?: number
  /** `[count]`, the file of each image where each has its own. */
  readonly files?: readonly string[]
}

/** A dataset's training and test images with their classes. */
export interface LabelledDataset {
  readonly name: string
  readonly train: LabelledImages
  readonly test: LabelledImages
  /** Where the files came from this time. */
  readonly source: string
  /** `imagesChecksum` of both parts: SHA-256 in hexadecimal of sizes, pixels and labels. */
  readonly checksum: string
}

/** One IDX file: the name that errors carry and its bytes. */
export interface IdxFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Joins an IDX image file and its label file.
 *
 * @throws if either is damaged or they hold different numbers of entries
 */
export function labelledImages(images: IdxFile, labels: IdxFile): LabelledImages {
  const { count, rows, columns, pixels } = parseIdxImages(images.bytes, images.name)
  const classes = parseIdxLabels(labels.bytes, labels.name)
  if (classes.length !== count) {
    throw new Error(`${images.name} holds ${count} images but ${labels.name} holds ${classes.length} labels`)
  }
  return { name: images.name, count, rows, columns, pixels, labels: classes }
}
