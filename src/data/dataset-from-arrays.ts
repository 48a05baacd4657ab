import type { SeriesStyle } from '../values/series-style.js'
import { checkDescription, type Dataset, defineDataset } from './dataset.js'
import { imageBytes, labelBytes, type PixelReading } from './image-bytes.js'
import type { LabelledImages } from './labelled-images.js'

/** Images in memory with their classes. */
export interface ImageArrays {
  readonly rows: number
  readonly columns: number
  /** `[images, rows, columns]`, row-major: bytes, or other numbers with a `range`. */
  readonly pixels: ArrayLike<number>
  /** `[images]`, whole numbers from 0 to classes − 1. */
  readonly labels: ArrayLike<number>
}

/** A dataset in memory; see `PixelReading` for `range` and `invert`. */
export interface ArraysDataset extends PixelReading {
  readonly id: string
  readonly title: string
  readonly short?: string
  readonly style?: SeriesStyle
  readonly classes: readonly string[]
  readonly train: ImageArrays
  readonly test: ImageArrays
}

/**
 * A dataset from arrays in memory, of which it keeps a copy.
 *
 * @throws Error naming the dataset and the array when sizes do not fit, or a pixel or label is out of range
 * @example
 * const stripes = datasetFromArrays({
 *   id: 'stripes',
 *   title: 'Stripes',
 *   classes: ['rows', 'columns'],
 *   range: [0, 1],
 *   train: { rows: 2, columns: 2, pixels: [1, 1, 0, 0, 1, 0, 1, 0], labels: [0, 1] },
 *   test: { rows: 2, columns: 2, pixels: [0, 0, 1, 1, 0, 1, 0, 1], labels: [0, 1] },
 * })
 */
export function datasetFromArrays(arrays: ArraysDataset): Dataset {
  const { id, title, short, style, classes } = arrays
  const { rows, columns } = arrays.train
  checkDescription({ id, classes, rows, columns })
  const train = partOf(arrays, 'train')
  const test = partOf(arrays, 'test')
  if (test.rows !== rows || test.columns !== columns)
    throw new Error(
      `dataset '${id}': test images have ${test.rows}×${test.columns} pixels, and train images ${rows}×${columns}`,
    )
  return defineDataset({
    id,
    title,
    short,
    style,
    classes,
    rows,
    columns,
    load: async () => ({ train, test }),
  })
}

function partOf(
  { id, classes, range, invert, ...parts }: ArraysDataset,
  part: 'train' | 'test',
): LabelledImages {
  const { rows, columns, pixels, labels } = parts[part]
  const size = rows * columns
  const count = labels.length
  if (pixels.length !== count * size)
    throw new Error(
      `dataset '${id}': ${part} has ${pixels.length} pixels, and ${count} labels of ${rows}×${columns} images need ${count * size}`,
    )
  const what = `dataset '${id}': ${part}`
  return {
    name: `${id}/${part}`,
    count,
    rows,
    columns,
    pixels: imageBytes(pixels, `${what}.pixels`, { range, invert }),
    labels: labelBytes(labels, classes.length, `${what}.labels`),
  }
}
