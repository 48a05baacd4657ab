import { register } from '../values/registry.js'
import type { SeriesStyle } from '../values/series-style.js'
import type { LabelledDataset } from './labelled-images.js'

/** What a dataset is told when it is loaded. */
export interface DatasetLoading {
  /** Told where files come from, and why a source does not work. */
  readonly log?: (line: string) => void
}

/** Grey images of any size with their classes, of which majority problems are made. */
export interface Dataset {
  /** In files, tables and command lines, e.g. `mnist-maj`. */
  readonly id: string
  /** In text, e.g. `MNIST-MAJ`. */
  readonly title: string
  /** Where there is little room. Default: the title. */
  readonly short?: string
  readonly style?: SeriesStyle
  /** The name of each class, by its number. */
  readonly classes: readonly string[]
  /** Height of an image in pixels. */
  readonly rows: number
  /** Width of an image in pixels. */
  readonly columns: number
  /** Reads training and test images; throws an Error saying what is wrong and what to do. */
  load(options?: DatasetLoading): Promise<LabelledDataset>
}

/**
 * A dataset of one's own; what it loads is checked against what it says of itself.
 *
 * @throws Error naming the dataset when a part is missing or out of range
 */
export function defineDataset(dataset: Dataset): Dataset {
  register('dataset', dataset)
  const wrong = (what: string) => new Error(`dataset '${dataset.id}': ${what}`)
  if (!Array.isArray(dataset.classes) || dataset.classes.length < 2 || dataset.classes.length > 256)
    throw wrong('classes must be a list of 2 to 256 names')
  for (const side of ['rows', 'columns'] as const)
    if (!Number.isInteger(dataset[side]) || dataset[side] < 1)
      throw wrong(`${side} is ${dataset[side]}; it must be a whole number of at least 1`)
  if (typeof dataset.load !== 'function') throw wrong('it has no function load')
  return {
    ...dataset,
    async load(options) {
      const loaded = await dataset.load(options)
      for (const part of ['train', 'test'] as const) {
        const { rows, columns, labels } = loaded[part]
        if (rows !== dataset.rows || columns !== dataset.columns)
          throw wrong(
            `its ${part} images have ${rows}×${columns} pixels, and it says ${dataset.rows}×${dataset.columns}`,
          )
        const highest = labels.reduce((most, label) => Math.max(most, label), 0)
        if (highest >= dataset.classes.length)
          throw wrong(
            `its ${part} labels go up to ${highest}, and it names ${dataset.classes.length} classes`,
          )
      }
      return loaded
    },
  }
}
