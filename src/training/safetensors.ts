import { type NamedValues, type ParameterValues, sizeOf } from '../network/parameters.js'

interface Entry {
  readonly dtype: string
  readonly shape: number[]
  readonly data_offsets: [number, number]
}

/** What a safetensors file holds: float32 tensors by name, and strings. */
export interface SafetensorsContent {
  readonly tensors: NamedValues
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
 * Reads a safetensors file of float32 tensors.
 *
 * @throws Error naming the file and what is wrong: too short, no header, another type of number, tensors that do not fill the file
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wrong = (what: string) => new Error(`${file} is not a whole safetensors file: ${what}`)
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
  const { __metadata__: metadata = {}, ...entries } = header
  if (!isStrings(metadata)) throw wrong('its metadata are not strings')
  const tensors: Record<string, ParameterValues> = {}
  const data = buffer.subarray(8 + headerLength)
  const spans: (readonly [number, number])[] = []
  for (const [name, entry] of Object.entries(entries)) {
    if (!isEntry(entry)) throw wrong(`${name} lacks a dtype, a shape or data_offsets`)
    const { dtype, shape, data_offsets } = entry
    if (dtype !== 'F32') throw wrong(`${name} holds ${dtype}, only F32 is read`)
    const [start, end] = data_offsets
    if (end > data.length || end - start !== 4 * sizeOf(shape)) {
      throw wrong(`${name} [${shape}] lies at ${start} to ${end} of ${data.length} bytes`)
    }
    spans.push([start, end])
    const values = new Float32Array(sizeOf(shape))
    for (let i = 0; i < values.length; i++) values[i] = data.readFloatLE(start + 4 * i)
    tensors[name] = { shape, values }
  }
  const end = spans
    .sort(([a], [b]) => a - b)
    .reduce((at, [start, end]) => (start === at ? end : Number.NaN), 0)
  if (end !== data.length) throw wrong(`its tensors do not fill its ${data.length} bytes one after the other`)
  return { tensors, metadata }
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
