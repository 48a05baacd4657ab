/** The values of one tensor, row-major. */
export interface TensorValues {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

interface Entry {
  readonly dtype: string
  readonly shape: number[]
  readonly data_offsets: [number, number]
}

/** What a safetensors file holds: float32 tensors by name, and strings. */
export interface SafetensorsContent {
  readonly tensors: Readonly<Record<string, TensorValues>>
  readonly metadata: Readonly<Record<string, string>>
}

/** How the numbers of a file are written: in single precision, or rounded to half precision. */
export type WrittenNumbers = 'F32' | 'F16'

/**
 * A safetensors file: the header's length in 8 bytes, the header in JSON, the values, all little-endian.
 *
 * @param dtype how numbers are written. Default: F32, which keeps every bit
 */
export function encodeSafetensors(
  { tensors, metadata }: SafetensorsContent,
  dtype: WrittenNumbers = 'F32',
): Uint8Array {
  const size = FORMATS[dtype]!.size
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + size * values.length] }
    offset += size * values.length
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  // Values start at a multiple of 8, as the format asks, by spaces behind the JSON.
  const length = text.length + ((8 - (text.length % 8)) % 8)
  const file = new Uint8Array(8 + length + offset)
  const view = new DataView(file.buffer)
  view.setBigUint64(0, BigInt(length), true)
  file.fill(SPACE, 8, 8 + length).set(text, 8)
  let at = 8 + length
  for (const { values } of Object.values(tensors))
    for (const value of values) {
      if (dtype === 'F16') view.setUint16(at, toHalf(value), true)
      else view.setFloat32(at, value, true)
      at += size
    }
  return file
}

const SPACE = 0x20

/**
 * Reads a safetensors file. Tensors of F16, BF16 and F64 become float32; single whole numbers, as PyTorch's counters are, are left out.
 *
 * @throws Error naming the file and what is wrong: too short, no header, another type of number, tensors that do not fill the file
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const wrong = (what: string) => new Error(`${file} is not a whole safetensors file: ${what}`)
  const { header, data } = partsOf(bytes, wrong)
  const { __metadata__: metadata = {}, ...entries } = header
  if (!isStrings(metadata)) throw wrong('its metadata are not strings')
  const tensors: Record<string, TensorValues> = {}
  const spans: (readonly [number, number])[] = []
  for (const [name, entry] of Object.entries(entries)) {
    if (!isEntry(entry)) throw wrong(`${name} lacks a dtype, a shape or data_offsets`)
    const { dtype, shape, data_offsets } = entry
    const [start, end] = data_offsets
    const format = FORMATS[dtype]
    const count = shape.reduce((size, length) => size * length, 1)
    const isCounter = dtype in WHOLE && count === 1
    if (format === undefined && !isCounter)
      throw wrong(`${name} holds ${dtype}, only ${Object.keys(FORMATS).join(', ')} are read`)
    const size = format?.size ?? WHOLE[dtype]!
    if (end > data.byteLength || end - start !== size * count)
      throw wrong(`${name} [${shape}] lies at ${start} to ${end} of ${data.byteLength} bytes`)
    spans.push([start, end])
    if (format === undefined) continue
    const values = new Float32Array(count)
    for (let i = 0; i < count; i++) values[i] = format.read(data, start + size * i)
    tensors[name] = { shape, values }
  }
  const end = spans
    .sort(([a], [b]) => a - b)
    .reduce((at, [start, end]) => (start === at ? end : Number.NaN), 0)
  if (end !== data.byteLength)
    throw wrong(`its tensors do not fill its ${data.byteLength} bytes one after the other`)
  return { tensors, metadata }
}

/** How a number that becomes a float32 is read, and how many bytes it takes. */
const FORMATS: Readonly<Record<string, { size: number; read(data: DataView, at: number): number }>> = {
  F32: { size: 4, read: (data, at) => data.getFloat32(at, true) },
  F64: { size: 8, read: (data, at) => data.getFloat64(at, true) },
  F16: { size: 2, read: (data, at) => fromHalf(data.getUint16(at, true)) },
  BF16: { size: 2, read: (data, at) => fromBrain(data.getUint16(at, true)) },
}

/** Bytes of whole numbers and truth values, which are no parameters. */
const WHOLE: Readonly<Record<string, number>> = { I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 }

/** A number of IEEE 754's binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = (bits & 0x3ff) / 1024
  if (exponent === 0) return sign * fraction * 2 ** -14
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction) * 2 ** (exponent - 15)
}

/** The nearest number of binary16, ties to even; what is too large for it becomes infinite. */
export function toHalf(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00 // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  // Below 2⁻¹⁴ halves are multiples of 2⁻²⁴.
  if (magnitude < 0x38800000) return sign | roundToEven(Math.abs(value) * 2 ** 24)
  const rebiased = magnitude - 0x38000000
  return sign | roundToEven(rebiased / 2 ** 13)
}

function roundToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
}

/** A bfloat16: the upper half of a float32. */
function fromBrain(bits: number): number {
  const [value] = new Float32Array(Uint32Array.of(bits * 0x10000).buffer)
  return value!
}

/** The header and the values behind it. */
function partsOf(bytes: Uint8Array, wrong: (what: string) => Error) {
  if (bytes.length < 8) throw wrong(`${bytes.length} bytes`)
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (headerLength > bytes.length - 8) throw wrong(`a header of ${headerLength} bytes in ${bytes.length}`)
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)))
  } catch {
    throw wrong('the header is not JSON')
  }
  if (!isRecord(header)) throw wrong('the header is not an object')
  const start = 8 + headerLength
  return { header, data: new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start) }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isStrings = (value: unknown): value is Record<string, string> =>
  isRecord(value) && Object.values(value).every((text) => typeof text === 'string')

const areSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)

const isEntry = (value: unknown): value is Entry =>
  isRecord(value) &&
  typeof value.dtype === 'string' &&
  areSizes(value.shape) &&
  areSizes(value.data_offsets) &&
  value.data_offsets.length === 2
