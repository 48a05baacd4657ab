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

/** A safetensors file: the header's length in 8 bytes, the header in JSON, the float32 values, all little-endian. */
export function encodeSafetensors({ tensors, metadata }: SafetensorsContent): Uint8Array {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + 4 * values.length] }
    offset += 4 * values.length
  }
  const text = JSON.stringify(header)
  // Values start at a multiple of 8, as the format asks, by spaces behind the JSON.
  const json = Buffer.from(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)))
  const file = Buffer.alloc(8 + json.length + offset)
  file.writeBigUInt64LE(BigInt(json.length))
  json.copy(file, 8)
  let at = 8 + json.length
  for (const { values } of Object.values(tensors))
    for (const value of values) at = file.writeFloatLE(value, at)
  return file
}

/**
 * Reads a safetensors file. Tensors of F16, BF16 and F64 become float32; single whole numbers, as PyTorch's counters are, are left out.
 *
 * @throws Error naming the file and what is wrong: too short, no header, another type of number, tensors that do not fill the file
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wrong = (what: string) => new Error(`${file} is not a whole safetensors file: ${what}`)
  const { header, data } = partsOf(buffer, wrong)
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
    if (end > data.length || end - start !== size * count)
      throw wrong(`${name} [${shape}] lies at ${start} to ${end} of ${data.length} bytes`)
    spans.push([start, end])
    if (format === undefined) continue
    const values = new Float32Array(count)
    for (let i = 0; i < count; i++) values[i] = format.read(data, start + size * i)
    tensors[name] = { shape, values }
  }
  const end = spans
    .sort(([a], [b]) => a - b)
    .reduce((at, [start, end]) => (start === at ? end : Number.NaN), 0)
  if (end !== data.length) throw wrong(`its tensors do not fill its ${data.length} bytes one after the other`)
  return { tensors, metadata }
}

/** How a number that becomes a float32 is read, and how many bytes it takes. */
const FORMATS: Readonly<Record<string, { size: number; read(data: Buffer, at: number): number }>> = {
  F32: { size: 4, read: (data, at) => data.readFloatLE(at) },
  F64: { size: 8, read: (data, at) => data.readDoubleLE(at) },
  F16: { size: 2, read: (data, at) => fromHalf(data.readUInt16LE(at)) },
  BF16: { size: 2, read: (data, at) => fromBrain(data.readUInt16LE(at)) },
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

/** A bfloat16: the upper half of a float32. */
function fromBrain(bits: number): number {
  const [value] = new Float32Array(Uint32Array.of(bits * 0x10000).buffer)
  return value!
}

/** The header and the values behind it. */
function partsOf(buffer: Buffer, wrong: (what: string) => Error) {
  if (buffer.length < 8) throw wrong(`${buffer.length} bytes`)
  const headerLength = Number(buffer.readBigUInt64LE())
  if (headerLength > buffer.length - 8) throw wrong(`a header of ${headerLength} bytes in ${buffer.length}`)
  let header: unknown
  try {
    header = JSON.parse(buffer.toString('utf8', 8, 8 + headerLength))
  } catch {
    throw wrong('the header is not JSON')
  }
  if (!isRecord(header)) throw wrong('the header is not an object')
  return { header, data: buffer.subarray(8 + headerLength) }
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
