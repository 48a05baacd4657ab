import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { IDX_FILES } from '../data/sources/dataset-json.js'

export const SIDE = 8
export const CLASSES = ['left', 'middle', 'right']
export const COUNTS = { train: 240, test: 60 } as const

/** Images of three classes with a bright column where their class says: pixels `[count, 8, 8]` and labels. */
export function tinyImages(
  part: keyof typeof COUNTS,
  variant = 0,
): { pixels: Uint8Array; labels: Uint8Array } {
  const count = COUNTS[part]
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES.length)
  const pixels = new Uint8Array(count * SIDE * SIDE)
  for (let i = 0; i < count; i++) {
    const column = 1 + 2 * labels[i]! + ((i >> 3) % 2)
    for (let row = 0; row < SIDE; row++)
      pixels[(i * SIDE + row) * SIDE + column] = 155 + ((i * 37 + row * 11 + variant) % 101)
  }
  return { pixels, labels }
}

function idx(magic: number, sizes: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(4 + 4 * sizes.length)
  header.writeUInt32BE(magic)
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i)
  return Buffer.concat([header, bytes])
}

/** The four IDX files of the tiny images, by name. */
export function idxFiles(variant = 0): Record<string, Uint8Array> {
  const [train, test] = [tinyImages('train', variant), tinyImages('test', variant)]
  const images = (bytes: Uint8Array, count: number) => idx(0x803, [count, SIDE, SIDE], bytes)
  const labels = (bytes: Uint8Array, count: number) => idx(0x801, [count], bytes)
  return {
    [IDX_FILES.trainImages]: images(train.pixels, COUNTS.train),
    [IDX_FILES.trainLabels]: labels(train.labels, COUNTS.train),
    [IDX_FILES.testImages]: images(test.pixels, COUNTS.test),
    [IDX_FILES.testLabels]: labels(test.labels, COUNTS.test),
  }
}

/** Writes a dataset.json of the tiny images and the files beside it. */
export function writeDataset(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
  description: Readonly<Record<string, unknown>>,
): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  const about = { title: 'Tiny', classes: CLASSES, rows: SIDE, columns: SIDE, ...description }
  writeFileSync(join(folder, 'dataset.json'), `${JSON.stringify(about, null, 1)}\n`)
}
