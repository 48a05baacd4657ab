import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { gzipSync, zipSync } from 'fflate'
import type { Dataset } from '../../data/dataset.js'
import { datasetFromFolder } from '../../data/sources/dataset-folder.js'
import type { Subject } from '../subject.js'
import { CLASSES, COUNTS, idxFiles, SIDE, tinyImages, writeDataset } from '../tiny-dataset.js'

/** All of a dataset that determines sequences, figures and addresses. */
async function whatItSays(dataset: Dataset): Promise<string> {
  const { id, title, classes, rows, columns } = dataset
  return JSON.stringify([id, title, classes, rows, columns, (await dataset.load()).checksum])
}

const FOLDER = 'tiny-images'
const read = (folder: string) => whatItSays(datasetFromFolder(join(folder, FOLDER)))

const sums = (files: Readonly<Record<string, Uint8Array>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  )

/** A NumPy array of bytes. */
function npy(shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = `${text.padEnd(117)}\n`
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1')
  start.writeUInt16LE(header.length, 8)
  return Buffer.concat([start, Buffer.from(header, 'latin1'), bytes])
}

function npz(variant: number): Uint8Array {
  const arrays = (['train', 'test'] as const).flatMap((part) => {
    const { pixels, labels } = tinyImages(part, variant)
    const count = COUNTS[part]
    return [
      [`x_${part}.npy`, npy([count, SIDE, SIDE], pixels)],
      [`y_${part}.npy`, npy([count], labels)],
    ] as const
  })
  return zipSync(Object.fromEntries(arrays), { mtime: '2020-01-01' })
}

function pngs(variant: number): Record<string, Uint8Array> {
  const { pixels, labels } = tinyImages('train', variant)
  const size = SIDE * SIDE
  return Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => {
      const data = pixels.slice(i * size, (i + 1) * size)
      return [
        join(i < 9 ? 'train' : 'test', CLASSES[labels[i]!]!, `${i}.png`),
        encode({ width: SIDE, height: SIDE, data, channels: 1, depth: 8 }),
      ]
    }),
  )
}

const gzipped = (files: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes, { mtime: 0 })]),
  )

/** @param files of a variant */
const dataset = (
  kind: string,
  files: (variant: 0 | 1) => Readonly<Record<string, Uint8Array>>,
  description: (files: Readonly<Record<string, Uint8Array>>) => object,
): Subject => ({
  kind,
  isSealed: false,
  names: [FOLDER],
  make(folder, variant) {
    const own = files(variant)
    writeDataset(join(folder, FOLDER), own, { ...description(own) })
  },
  read,
})

export const datasets: readonly Subject[] = [
  dataset('dataset, IDX', idxFiles, () => ({ format: 'idx' })),
  dataset(
    'dataset, IDX with checksums',
    (variant) => gzipped(idxFiles(variant)),
    (files) => ({
      format: 'idx',
      checksums: sums(files),
    }),
  ),
  dataset(
    'dataset, npz',
    (variant) => ({ 'images.npz': npz(variant) }),
    () => ({ format: 'npz' }),
  ),
  dataset('dataset, PNG', pngs, () => ({ format: 'png' })),
]
