/** An IDX file of bytes with the magic number of its rank. */
function encode(values: Uint8Array, shape: readonly number[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  header.setUint32(0, 0x0800 + shape.length)
  for (const [i, length] of shape.entries()) header.setUint32(4 + 4 * i, length)
  return Buffer.concat([new Uint8Array(header.buffer), values])
}

/** An IDX file of images `[count, rows, columns]`. */
export const encodeImages = (pixels: Uint8Array, shape: readonly [number, number, number]): Uint8Array =>
  encode(pixels, shape)

/** An IDX file of labels. */
export const encodeLabels = (labels: Uint8Array): Uint8Array => encode(labels, [labels.length])
