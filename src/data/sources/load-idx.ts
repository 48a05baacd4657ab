import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadedImages } from '../dataset.js'
import { imageBytes } from '../image-bytes.js'
import { type LabelledImages, labelledImages } from '../labelled-images.js'
import { type DatasetDescription, IDX_FILES } from './dataset-json.js'
import { plainOrPacked } from './fetch-folder.js'
import type { FolderFiles } from './folder-files.js'
import { unpacked } from './verify-file.js'

/** Reads a folder of four IDX files, plain or gzipped. */
export async function loadIdx(files: FolderFiles, description: DatasetDescription): Promise<LoadedImages> {
  const names = { ...IDX_FILES, ...description.files }
  const missing = Object.values(names).filter((name) => plainOrPacked(files.folder, name) === undefined)
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} missing from ${files.name}, plain or with .gz at the end`)
  const read = async (name: string) => {
    const found = existsSync(join(files.folder, name)) ? name : `${name}.gz`
    const path = join(files.name, found)
    return { name: path, bytes: await unpacked(path, await files.read(found)) }
  }
  const part = async (images: string, labels: string) =>
    inked(labelledImages(await read(images), await read(labels)), description.invert)
  return {
    train: await part(names.trainImages, names.trainLabels),
    test: await part(names.testImages, names.testLabels),
  }
}

const inked = (images: LabelledImages, invert = false): LabelledImages =>
  invert ? { ...images, pixels: imageBytes(images.pixels, images.name, { invert }) } : images
