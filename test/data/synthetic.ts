import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LabelledImages } from '../../src/data/labelled-images.js'
import { type DatasetFiles, filesOf } from '../../src/data/sources/dataset-files.js'
import { projectRoot } from '../../src/files/project-root.js'

/** The bytes of an IDX file: a magic number, big-endian sizes, a body. */
export function idxBytes(magic: number, sizes: readonly number[], body: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + body.length)
  const view = new DataView(bytes.buffer)
  for (const [i, word] of [magic, ...sizes].entries()) view.setUint32(4 * i, word)
  bytes.set(body, 4 + 4 * sizes.length)
  return bytes
}

export const idxImages = (count: number, rows = 2, columns = 3, shift = 0): Uint8Array =>
  idxBytes(
    0x803,
    [count, rows, columns],
    Array.from({ length: count * rows * columns }, (_, i) => (7 * i + shift) % 256),
  )

export const idxLabels = (labels: readonly number[]): Uint8Array => idxBytes(0x801, [labels.length], labels)

/** Images whose every pixel is the image's own index (modulo 256), with labels in turn. */
export function syntheticImages(count: number, classes: number, rows = 2, columns = 4): LabelledImages {
  const size = rows * columns
  return {
    name: 'synthetic/images',
    count,
    rows,
    columns,
    pixels: Uint8Array.from({ length: count * size }, (_, i) => Math.floor(i / size) % 256),
    labels: Uint8Array.from({ length: count }, (_, i) => i % classes),
  }
}

/** The four files of a small dataset, of 5 and 2 images, under their names. */
export const smallContents: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': idxImages(5),
  'train-labels-idx1-ubyte': idxLabels([0, 1, 2, 1, 0]),
  't10k-images-idx3-ubyte': idxImages(2, 2, 3, 100),
  't10k-labels-idx1-ubyte': idxLabels([1, 2]),
}

/** A dataset of these contents, whose checksums are theirs. */
export function datasetOf(contents: Readonly<Record<string, Uint8Array>>): DatasetFiles {
  const file = (name: string) => ({ name, md5: createHash('md5').update(contents[name]!).digest('hex') })
  return {
    name: 'small',
    trainImages: file('train-images-idx3-ubyte'),
    trainLabels: file('train-labels-idx1-ubyte'),
    testImages: file('t10k-images-idx3-ubyte'),
    testLabels: file('t10k-labels-idx1-ubyte'),
    mirrors: [],
  }
}

export const smallDataset: DatasetFiles = datasetOf(smallContents)
export const smallFiles = filesOf(smallDataset)

/** An empty folder within the project that is removed after the test. */
export function temporaryFolder(): string {
  const cache = join(projectRoot(), 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'test-data-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function writeAll(folder: string, contents: Readonly<Record<string, Uint8Array | string>>): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(contents)) writeFileSync(join(folder, name), bytes)
  return folder
}
