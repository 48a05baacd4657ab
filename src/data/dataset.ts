import { register } from '../values/registry.js'
import type { SeriesStyle } from '../values/series-style.js'
import { imagesChecksum } from './checksum.js'
import { claimId, type IdOwner, MADE_IN_MEMORY, shippedOwner } from './dataset-ids.js'
import type { LabelledDataset, LabelledImages } from './labelled-images.js'
import type { ShippedDataset } from './shipped-datasets.js'

/** What a dataset is told when it is loaded. */
export interface DatasetLoading {
  /** Told where files come from, and why a source does not work. */
  readonly log?: (line: string) => void
}

interface Described {
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
  /** The dataset.json that describes it, so that another process can load it too; none for a dataset made in memory. */
  readonly origin?: string
}

/** Grey images of any size with their classes, of which majority problems are made. */
export interface Dataset extends Described {
  /** Reads training and test images, once for a value; throws an Error saying what is wrong and what to do. */
  load(options?: DatasetLoading): Promise<LabelledDataset>
  /** `imagesChecksum` of what `load` gives; of a shipped dataset without reading it. */
  checksum(): Promise<string>
}

/** Training and test images as a dataset's own `load` gives them. */
export interface LoadedImages {
  readonly train: LabelledImages
  readonly test: LabelledImages
  /** Default: the dataset's id. */
  readonly name?: string
  /** Where they came from this time. Default: `memory`. */
  readonly source?: string
  /** `imagesChecksum` of them, where it is known. Default: computed. */
  readonly checksum?: string
}

/** A dataset as it is written down. */
export interface DatasetDefinition extends Described {
  load(options?: DatasetLoading): Promise<LoadedImages>
  /** What `imagesChecksum` must be, where it is known beforehand. */
  readonly checksum?: string
}

/**
 * A dataset of one's own, ready for recipes, training, evaluation and figures; what it loads is checked against what it says
 * of itself.
 *
 * @param owner who has its id. Default: this process, in which the last definition of an id counts
 * @throws Error naming the dataset when a part is missing or out of range, or when its id is another's
 * @example
 * const bars = defineDataset({
 *   id: 'bars',
 *   title: 'Bars',
 *   classes: ['row', 'column'],
 *   rows: 2,
 *   columns: 2,
 *   load: async () => {
 *     const pixels = Uint8Array.of(255, 255, 0, 0, 255, 0, 255, 0)
 *     const images = { name: 'bars', count: 2, rows: 2, columns: 2, pixels, labels: Uint8Array.of(0, 1) }
 *     return { train: images, test: images }
 *   },
 * })
 */
export function defineDataset(definition: DatasetDefinition, owner: IdOwner = MADE_IN_MEMORY): Dataset {
  checkDescription(definition)
  if (typeof definition.load !== 'function')
    throw new Error(`dataset '${definition.id}': it has no function load`)
  claimId(definition.id, owner)
  register('dataset', definition)
  // One reading for images and checksum, so that scores are never kept under the checksum of other images.
  let read: Promise<LabelledDataset> | undefined
  const load = (options?: DatasetLoading): Promise<LabelledDataset> => {
    if (read !== undefined) return read
    const reading = (async () => checkedImages(definition, await definition.load(options)))()
    read = reading
    // What could not be read may be there the next time.
    reading.catch(() => {
      read = undefined
    })
    return reading
  }
  return { ...definition, load, checksum: async () => definition.checksum ?? (await load()).checksum }
}

/** A shipped dataset with a way to get its images, whose checksum must be the shipped one. */
export const shippedDataset = (shipped: ShippedDataset, load: DatasetDefinition['load']): Dataset =>
  defineDataset({ ...shipped, load }, shippedOwner(shipped))

/** Throws an Error naming the dataset when its classes or sizes cannot be. */
export function checkDescription(
  described: Pick<DatasetDefinition, 'id' | 'classes' | 'rows' | 'columns'>,
): void {
  const { id, classes, rows, columns } = described
  const wrong = (what: string) => new Error(`dataset '${id}': ${what}`)
  if (!Array.isArray(classes) || classes.length < 2 || classes.length > 256)
    throw wrong('classes must be a list of 2 to 256 names')
  const nameless = classes.findIndex((name) => typeof name !== 'string' || name.trim() === '')
  if (nameless >= 0) throw wrong(`class ${nameless} has no name`)
  const twice = classes.find((name, i) => classes.indexOf(name) < i)
  if (twice !== undefined) throw wrong(`two classes are named '${twice}'`)
  for (const [side, size] of Object.entries({ rows, columns }))
    if (!Number.isInteger(size) || size < 1)
      throw wrong(`${side} is ${size}; it must be a whole number of at least 1`)
}

function checkedImages(definition: DatasetDefinition, loaded: LoadedImages): LabelledDataset {
  const { id, classes } = definition
  const { train, test, name = id, source = 'memory' } = loaded
  for (const [part, images] of Object.entries({ train, test })) checkPart(definition, part, images)
  const checksum = loaded.checksum ?? imagesChecksum(train, test)
  if (definition.checksum !== undefined && checksum !== definition.checksum)
    throw new Error(
      `${nameOf(definition)}: its images have the checksum ${checksum}, and it says ${definition.checksum}`,
    )
  const known = { classes: classes.length }
  return { name, train: { ...train, ...known }, test: { ...test, ...known }, source, checksum }
}

const nameOf = ({ id, origin }: DatasetDefinition): string =>
  `dataset '${id}'${origin === undefined ? '' : ` (${origin})`}`

function checkPart(definition: DatasetDefinition, part: string, images: LabelledImages): void {
  const wrong = (what: string) => new Error(`${nameOf(definition)}: ${what}`)
  const { count, rows, columns, pixels, labels } = images
  if (rows !== definition.rows || columns !== definition.columns)
    throw wrong(
      `its ${part} images have ${rows}×${columns} pixels, and it says ${definition.rows}×${definition.columns}`,
    )
  if (!(count >= 1)) throw wrong(`it has no ${part} image`)
  if (pixels.length !== count * rows * columns)
    throw wrong(
      `its ${part} pixels are ${pixels.length}, and ${count} images of ${rows}×${columns} have ${count * rows * columns}`,
    )
  if (labels.length !== count) throw wrong(`it has ${count} ${part} images and ${labels.length} labels`)
  const highest = labels.reduce((most, label) => Math.max(most, label), 0)
  if (highest >= definition.classes.length)
    throw wrong(
      `its ${part} labels go up to ${highest}, and it names ${definition.classes.length} classes, from 0 to ${definition.classes.length - 1}`,
    )
}
