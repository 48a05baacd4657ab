import { existsSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { readTextSync } from '../../files/read-whole.js'
import { type Dataset, defineDataset, type LoadedImages } from '../dataset.js'
import { type DatasetDescription, type Format, parseDatasetJson } from './dataset-json.js'
import { FolderFiles } from './folder-files.js'
import { loadIdx } from './load-idx.js'
import { loadNpz } from './load-npz.js'
import { loadPng } from './load-png.js'

const FILE = 'dataset.json'

type Loader = (files: FolderFiles, description: DatasetDescription) => Promise<LoadedImages>
const loaders: Readonly<Record<Format, Loader>> = { idx: loadIdx, npz: loadNpz, png: loadPng }

/**
 * The dataset that a folder's `dataset.json` describes; see `DatasetDescription`. Its images are read when it is loaded.
 *
 * @throws Error naming dataset.json and its key when that is missing or wrong, or both datasets when the id is another's
 * @example
 * const letters = datasetFromFolder('data/letters') // a dataset.json beside IDX files, an .npz or PNGs by class
 */
export function datasetFromFolder(folder: string): Dataset {
  const path = resolve(folder)
  const origin = join(path, FILE)
  const file = shown(origin)
  if (!existsSync(origin)) throw new Error(`${file} is missing; it describes the dataset`)
  const description = parseDatasetJson(readTextSync(origin), file)
  const { id = basename(path), title, short, classes, rows, columns, format } = description
  const load = async () => {
    const files = new FolderFiles(path, shown(path), description.checksums)
    return { source: shown(path), ...(await loaders[format](files, description)) }
  }
  try {
    return defineDataset(
      { id, title, ...(short === undefined ? {} : { short }), classes, rows, columns, origin, load },
      { key: origin, name: file, isGone: () => !existsSync(origin) },
    )
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Error(message.includes(file) ? message : `${file}: ${message}`)
  }
}

/** A path as errors call it: from where the process runs, or whole where it lies elsewhere. */
function shown(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') || isAbsolute(short) ? path : short
}
