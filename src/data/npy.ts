/** An array as it lies in an .npy file: numbers in row-major (C) order. */
export interface NpyArray {
  readonly shape: readonly number[]
  /** NumPy's name of the element type, such as `|u1` or `<f4`. */
  readonly type: string
  readonly values: Uint8Array | Float64Array
}

interface NpyHeader {
  readonly type: string
  readonly fortran: boolean
  readonly shape: readonly number[]
  /** Where the values start, in bytes. */
  readonly start: number
}

/** The element types that can be read: bytes of one element and how to read it. */
const ELEMENTS: Readonly<
  Record<string, readonly [size: number, read: (view: DataView, at: number, little: boolean) => number]>
> = {
  b1: [1, (view, at) => view.getUint8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  i1: [1, (view, at) => view.getInt8(at)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
}

/**
 * Reads an .npy file of version 1, 2 or 3, in C or Fortran order, little- or big-endian.
 *
 * @param file the name that errors carry
 * @throws Error naming the file when it is damaged, or of an element type other than booleans, integers, float32 and float64
 */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const { type, fortran, shape, start } = header(bytes, file)
  const element = ELEMENTS[type.slice(1)]
  if (element === undefined || !'<>|='.includes(type[0]!))
    throw new Error(
      `${file}: its elements are '${type}'; allowed are booleans, integers, float32 ('<f4') and float64 ('<f8')`,
    )
  const [size, read] = element
  const count = shape.reduce((product, side) => product * side, 1)
  const present = bytes.length - start
  if (present !== count * size)
    throw new Error(
      `${file}: ${present < count * size ? 'truncated' : 'too long'}, ${present} bytes of values where shape (${shape.join(', ')}) of '${type}' has ${count * size}`,
    )
  const body = new DataView(bytes.buffer, bytes.byteOffset + start, present)
  const little = type[0] !== '>'
  // Bytes and booleans stay bytes, so that they are known to range over [0, 255].
  const values = /[bu]1$/.test(type) ? new Uint8Array(count) : new Float64Array(count)
  const places = fortran ? fortranPlaces(shape) : undefined
  for (let i = 0; i < count; i++) values[i] = read(body, (places?.[i] ?? i) * size, little)
  return { shape, type, values }
}

function header(bytes: Uint8Array, file: string): NpyHeader {
  const damaged = (what: string) => new Error(`${file}: not a readable .npy file, ${what}`)
  if (bytes.length < 10 || latin1(bytes.subarray(0, 6)) !== '\x93NUMPY')
    throw damaged('it does not start with \\x93NUMPY')
  const version = bytes[6]!
  if (version < 1 || version > 3) throw damaged(`its version is ${version}; allowed are 1, 2 and 3`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const from = version === 1 ? 10 : 12
  if (bytes.length < from) throw damaged('it ends in its header')
  const start = from + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (bytes.length < start) throw damaged('it ends in its header')
  const text = latin1(bytes.subarray(from, start))
  const type = /'descr': *'([^']*)'/.exec(text)?.[1]
  const fortran = /'fortran_order': *(True|False)/.exec(text)?.[1]
  const sides = /'shape': *\(([\d, L]*)\)/.exec(text)?.[1]
  if (type === undefined && /'descr': *\[/.test(text)) throw damaged('it holds records, not numbers')
  if (type === undefined || fortran === undefined || sides === undefined)
    throw damaged(`its header lacks descr, fortran_order or shape: ${text.trim()}`)
  const shape = (sides.match(/\d+/g) ?? []).map(Number)
  return { type, fortran: fortran === 'True', shape, start }
}

/** Where in a column-major array each element of the row-major one lies. */
function fortranPlaces(shape: readonly number[]): Uint32Array {
  const count = shape.reduce((product, side) => product * side, 1)
  const places = new Uint32Array(count)
  const index = new Array<number>(shape.length).fill(0)
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1))
  for (let i = 0, place = 0; i < count; i++) {
    places[i] = place
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      place -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return places
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
