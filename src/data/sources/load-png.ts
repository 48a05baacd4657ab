import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pMap from 'p-map'
import type { LoadedImages } from '../dataset.js'
import type { LabelledImages } from '../labelled-images.js'
import { greyOfPng } from '../png-grey.js'
import { randomStream, shuffle } from '../random.js'
import type { DatasetDescription } from './dataset-json.js'
import type { FolderFiles } from './folder-files.js'

/** One image that is to be read. */
interface Picture {
  /** Its path in the dataset's folder. */
  readonly file: string
  readonly label: number
}

const FILES_AT_ONCE = 16

/**
 * Reads a folder of PNGs by class: `train/<class>/*.png` and `test/<class>/*.png`, or `<class>/*.png`, of which a share of each
 * class, drawn by the seed, is tested on. A class's folder is called by its name, or its number where its name cannot be.
 *
 * @throws Error naming the file or folder that does not belong there, cannot be read or is of another size
 */
export async function loadPng(files: FolderFiles, description: DatasetDescription): Promise<LoadedImages> {
  const { train, test } = await picturesOf(files, description)
  return {
    train: await read(files, 'train', train, description),
    test: await read(files, 'test', test, description),
  }
}

async function picturesOf(
  files: FolderFiles,
  description: DatasetDescription,
): Promise<{ train: Picture[]; test: Picture[] }> {
  const parts = ['train', 'test'].filter((part) => existsSync(join(files.folder, part)))
  if (parts.length === 0) return split((await picturesIn(files, '', description)).flat(), description)
  if (parts.length === 1)
    throw new Error(`${files.name} has a folder ${parts[0]} alone; there are both train and test, or neither`)
  const needless = (['testShare', 'seed'] as const).find((key) => description[key] !== undefined)
  if (needless !== undefined)
    throw new Error(
      `${join(files.name, 'dataset.json')}: "${needless}" means nothing where there are folders train and test`,
    )
  return {
    train: (await picturesIn(files, 'train', description)).flat(),
    test: (await picturesIn(files, 'test', description)).flat(),
  }
}

/** The images of each class folder below `part`, in the order of class and file name. */
async function picturesIn(
  files: FolderFiles,
  part: string,
  { classes }: DatasetDescription,
): Promise<Picture[][]> {
  const byClass: Picture[][] = classes.map(() => [])
  for (const folder of await listing(files, part)) {
    if (part === '' && folder === 'dataset.json') continue
    const label = classes.includes(folder) ? classes.indexOf(folder) : classNumber(folder, classes.length)
    if (label === undefined)
      throw new Error(
        `${join(files.name, part, folder)} is no class of dataset.json; there are ${classes.join(', ')}`,
      )
    for (const name of await listing(files, join(part, folder))) {
      const file = join(part, folder, name)
      if (!/\.png$/i.test(name)) throw new Error(`${join(files.name, file)} is no .png file`)
      byClass[label]!.push({ file, label })
    }
  }
  return byClass
}

const classNumber = (folder: string, classes: number): number | undefined =>
  /^\d+$/.test(folder) && Number(folder) < classes ? Number(folder) : undefined

/** What lies in a folder, sorted by code point, without hidden files. */
async function listing({ folder, name }: FolderFiles, part: string): Promise<string[]> {
  try {
    const names = await readdir(join(folder, part))
    return names.filter((file) => !file.startsWith('.')).sort()
  } catch {
    throw new Error(`${join(name, part)} is no folder; PNGs lie in a folder for each class`)
  }
}

function split(
  pictures: readonly Picture[],
  { classes, testShare = 0.2, seed = 1 }: DatasetDescription,
): { train: Picture[]; test: Picture[] } {
  const tested = new Set<Picture>()
  for (const [label, name] of classes.entries()) {
    const own = pictures.filter((picture) => picture.label === label)
    const order = shuffle(randomStream(seed, 'test share', name), Int32Array.from(own.keys()))
    for (const index of order.subarray(0, Math.round(own.length * testShare))) tested.add(own[index]!)
  }
  return {
    train: pictures.filter((picture) => !tested.has(picture)),
    test: pictures.filter((picture) => tested.has(picture)),
  }
}

async function read(
  files: FolderFiles,
  part: string,
  pictures: readonly Picture[],
  { rows, columns, invert }: DatasetDescription,
): Promise<LabelledImages> {
  const pixels = new Uint8Array(pictures.length * rows * columns)
  await pMap(
    pictures.entries(),
    async ([index, { file }]) => {
      const path = join(files.name, file)
      const image = greyOfPng(await files.read(file), path, invert)
      if (image.rows !== rows || image.columns !== columns)
        throw new Error(
          `${path} has ${image.rows}×${image.columns} pixels (rows × columns); dataset.json says ${rows}×${columns}`,
        )
      pixels.set(image.pixels, index * rows * columns)
    },
    { concurrency: FILES_AT_ONCE },
  )
  return {
    name: join(files.name, part),
    count: pictures.length,
    rows,
    columns,
    pixels,
    labels: Uint8Array.from(pictures, ({ label }) => label),
    files: pictures.map(({ file }) => join(files.name, file)),
  }
}
