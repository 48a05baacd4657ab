import { unzipSync } from 'fflate'
import { crc32 } from './crc32.js'
import type { LoadedImages } from './dataset.js'
import { imageBytes, labelBytes, type PixelReading } from './image-bytes.js'
import type { LabelledImages } from './labelled-images.js'
import { type NpyArray, parseNpy } from './npy.js'

/** How a dataset's .npz file is to be read. */
export interface NpzReading extends PixelReading {
  /** How many classes the dataset names. */
  readonly classes: number
}

/**
 * Reads a dataset from an .npz file as Keras keeps MNIST: images `x_train` and `x_test`, `[images, rows, columns]` or with one
 * channel at the end, and labels `y_train` and `y_test`, `[images]`. Images that are not bytes need a `range`.
 *
 * @param file the name that errors carry
 * @throws Error naming the file and the array that is missing, damaged, of another shape or out of range
 */
export function imagesFromNpz(bytes: Uint8Array, file: string, reading: NpzReading): LoadedImages {
  const arrays = npzArrays(bytes, file, ['x_train', 'y_train', 'x_test', 'y_test'])
  const part = (name: 'train' | 'test') =>
    imagesOf(arrays[`x_${name}`]!, arrays[`y_${name}`]!, { file, part: name, reading })
  return { train: part('train'), test: part('test') }
}

/**
 * The named arrays of an .npz file, a zip of .npy files.
 *
 * @throws Error naming the file, and what it holds where an array is missing
 */
export function npzArrays(
  bytes: Uint8Array,
  file: string,
  names: readonly string[],
): Record<string, NpyArray> {
  const held: string[] = []
  const entries = unzip(bytes, file, (name) => {
    held.push(name.replace(/\.npy$/, ''))
    return names.some((wanted) => name === `${wanted}.npy`)
  })
  const missing = names.filter((name) => !held.includes(name))
  if (missing.length > 0)
    throw new Error(`${file}: ${missing.join(', ')} missing; it holds ${held.join(', ') || 'nothing'}`)
  const sums = sumsOf(bytes)
  for (const [name, content] of Object.entries(entries))
    if (sums.get(name) !== crc32(content))
      throw new Error(`${file}: ${name} is damaged: its CRC-32 is not the one that the zip file has of it`)
  return Object.fromEntries(
    names.map((name) => [name, parseNpy(entries[`${name}.npy`]!, `${file}: ${name}`)]),
  )
}

function unzip(bytes: Uint8Array, file: string, wanted: (name: string) => boolean) {
  try {
    return unzipSync(bytes, { filter: ({ name }) => wanted(name) })
  } catch (error) {
    throw new Error(
      `${file}: not a readable .npz (zip) file: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** The CRC-32 of the files of a zip file, by name, from its directory, which stands at its end. */
function sumsOf(bytes: Uint8Array): ReadonlyMap<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sums = new Map<string, number>()
  let end = bytes.length - 22
  while (end > 0 && view.getUint32(end, true) !== 0x06054b50) end--
  let at = end < 0 ? bytes.length : view.getUint32(end + 16, true)
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const length = (offset: number) => view.getUint16(at + offset, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length(28)))
    sums.set(name, view.getUint32(at + 16, true))
    at += 46 + length(28) + length(30) + length(32)
  }
  return sums
}

function imagesOf(
  x: NpyArray,
  y: NpyArray,
  { file, part, reading }: { file: string; part: string; reading: NpzReading },
): LabelledImages {
  const [count = 0, rows = 0, columns = 0, channels = 1] = x.shape
  if (x.shape.length < 3 || x.shape.length > 4 || channels !== 1 || rows * columns === 0)
    throw new Error(
      `${file}: x_${part} has shape (${x.shape.join(', ')}); allowed is (images, rows, columns), grey`,
    )
  if (y.shape[0] !== count || y.values.length !== count)
    throw new Error(`${file}: y_${part} has shape (${y.shape.join(', ')}); x_${part} has ${count} images`)
  return {
    name: `${file}: x_${part}`,
    count,
    rows,
    columns,
    pixels: imageBytes(x.values, `${file}: x_${part}`, reading),
    labels: labelBytes(y.values, reading.classes, `${file}: y_${part}`),
  }
}
