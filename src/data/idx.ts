const IMAGES_MAGIC = 0x00000803
const LABELS_MAGIC = 0x00000801

/** Grey images as they lie in an IDX file: bytes `[count, rows, columns]`, 0 (background) to 255. */
export interface IdxImages {
  readonly count: number
  readonly rows: number
  readonly columns: number
  readonly pixels: Uint8Array
}

/**
 * Reads the bytes of an IDX image file (magic number 0x00000803) without copying the pixels.
 *
 * @param file the name that errors carry
 * @throws if the magic number is another, or the bytes are fewer or more than the header announces
 */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const [count, rows, columns] = header(bytes, file, IMAGES_MAGIC, 'images', 3)
  if (rows === 0 || columns === 0) throw new Error(`${file}: the images have size ${rows}×${columns}`)
  return { count, rows, columns, pixels: body(bytes, file, 16, count * rows * columns) }
}

/**
 * Reads the bytes of an IDX label file (magic number 0x00000801) without copying: one class `[count]`, 0 to 255.
 *
 * @param file the name that errors carry
 * @throws if the magic number is another, or the bytes are fewer or more than the header announces
 */
export function parseIdxLabels(bytes: Uint8Array, file: string): Uint8Array {
  const [count] = header(bytes, file, LABELS_MAGIC, 'labels', 1)
  return body(bytes, file, 8, count)
}

function header(bytes: Uint8Array, file: string, magic: number, what: string, dimensions: 1 | 3) {
  const length = 4 + 4 * dimensions
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length >= 4 && view.getUint32(0) !== magic) {
    throw new Error(
      `${file}: magic number ${hex(view.getUint32(0))} where an IDX file of ${what} starts with ${hex(magic)}`,
    )
  }
  if (bytes.length < length) {
    throw new Error(`${file}: truncated, ${bytes.length} bytes where the header alone takes ${length}`)
  }
  const size = (index: number) => (index < dimensions ? view.getUint32(4 + 4 * index) : 1)
  return [size(0), size(1), size(2)] as const
}

function body(bytes: Uint8Array, file: string, offset: number, length: number): Uint8Array {
  const present = bytes.length - offset
  if (present < length) {
    throw new Error(`${file}: truncated, ${present} bytes after the header where it announces ${length}`)
  }
  if (present > length) {
    throw new Error(
      `${file}: ${present - length} trailing bytes after the ${length} that the header announces`,
    )
  }
  // Not subarray: of a Buffer that would be a Buffer again, whose slice does not copy.
  return new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length)
}

const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
