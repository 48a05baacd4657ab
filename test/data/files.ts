import { encode } from 'fast-png'
import { zipSync } from 'fflate'

export interface NpyOptions {
  /** Default: `<f4`. */
  readonly type?: string
  readonly fortran?: boolean
  readonly version?: 1 | 2 | 3
}

/** The bytes of an .npy file, written as its format's description says; values are row-major. */
export function npyBytes(
  shape: readonly number[],
  values: readonly number[],
  { type = '<f4', fortran = false, version = 1 }: NpyOptions = {},
): Uint8Array {
  const size = Number(/\d+$/.exec(type)?.[0] ?? 1)
  const before = version === 1 ? 10 : 12
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${type}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${tuple}), }`
  const header = text.padEnd(Math.ceil((before + text.length + 1) / 64) * 64 - before - 1)
  const bytes = new Uint8Array(before + header.length + 1 + values.length * size)
  bytes.set([0x93, ...Buffer.from('NUMPY'), version, 0])
  const view = new DataView(bytes.buffer)
  if (version === 1) view.setUint16(8, header.length + 1, true)
  else view.setUint32(8, header.length + 1, true)
  bytes.set(Buffer.from(`${header}\n`, 'latin1'), before)
  const start = before + header.length + 1
  for (const [i, value] of (fortran ? columnMajor(shape, values) : values).entries())
    write(view, start + i * size, type, value)
  return bytes
}

/** The values with the first index running fastest, by asking for each place what lies there. */
function columnMajor(shape: readonly number[], values: readonly number[]): number[] {
  return values.map((_, place) => {
    const index: number[] = []
    let rest = place
    for (const side of shape) {
      index.push(rest % side)
      rest = Math.floor(rest / side)
    }
    return values[index.reduce((at, i, axis) => at * shape[axis]! + i, 0)]!
  })
}

function write(view: DataView, at: number, type: string, value: number): void {
  const little = type[0] !== '>'
  const kind = type.slice(1)
  if (kind === 'u1' || kind === 'b1') view.setUint8(at, value)
  else if (kind === 'i1') view.setInt8(at, value)
  else if (kind === 'u2') view.setUint16(at, value, little)
  else if (kind === 'i2') view.setInt16(at, value, little)
  else if (kind === 'u4') view.setUint32(at, value, little)
  else if (kind === 'i4') view.setInt32(at, value, little)
  else if (kind === 'u8') view.setBigUint64(at, BigInt(value), little)
  else if (kind === 'i8') view.setBigInt64(at, BigInt(value), little)
  else if (kind === 'f4') view.setFloat32(at, value, little)
  else if (kind === 'f8') view.setFloat64(at, value, little)
}

/** An .npz file of .npy files. */
export const npzBytes = (arrays: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes])), {
    level,
  })

/** An 8-bit grey PNG. */
export const greyPng = (rows: number, columns: number, pixels: ArrayLike<number>): Uint8Array =>
  encode({ width: columns, height: rows, channels: 1, depth: 8, data: Uint8Array.from(pixels) })
