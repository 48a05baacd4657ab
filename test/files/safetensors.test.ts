import { describe, expect, it } from 'vitest'
import { decodeSafetensors, encodeSafetensors, fromHalf, toHalf } from '../../src/files/safetensors.js'
import type { NamedValues } from '../../src/network/parameters.js'

const tensors: NamedValues = {
  'hidden.kernel': { shape: [2, 3], values: Float32Array.of(1.5, -2, 3e-39, 4, -0, Math.PI) },
  scalar: { shape: [], values: Float32Array.of(-7) },
  empty: { shape: [0, 4], values: new Float32Array(0) },
  'ümläut β': { shape: [1], values: Float32Array.of(Number.NaN) },
}
const metadata = { address: 'abc', text: 'quotes " and \\ and ∂\n' }
const file = () => encodeSafetensors({ tensors, metadata })

/** A file of this header, written by the published format: 8 bytes of length, little-endian, then JSON, then the values. */
function fileOf(header: unknown, values: readonly number[]): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + 4 * values.length)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  for (const [i, value] of values.entries()) view.setFloat32(8 + json.length + 4 * i, value, true)
  return bytes
}

describe('a safetensors file', () => {
  it('comes back as it was, to the bit', () => {
    const back = decodeSafetensors(file(), 'x')
    expect(back).toEqual({ tensors, metadata })
    expect(Object.is(back.tensors['hidden.kernel']!.values[4], -0)).toBe(true)
  })

  it('has the published form: length in 8 bytes, JSON with dtype, shape and offsets, values at a multiple of 8', () => {
    const bytes = file()
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const length = Number(view.getBigUint64(0, true))
    expect(length % 8).toBe(0)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length))
    expect(text[0]).toBe('{')
    const { __metadata__, ...entries } = JSON.parse(text)
    expect(__metadata__).toEqual(metadata)
    let end = 0
    for (const [name, entry] of Object.entries(entries)) {
      const { shape, values } = tensors[name]!
      expect(entry).toEqual({ dtype: 'F32', shape, data_offsets: [end, end + 4 * values.length] })
      for (const [i, value] of values.entries())
        expect(view.getFloat32(8 + length + end + 4 * i, true)).toBe(value)
      end += 4 * values.length
    }
    expect(Object.keys(entries)).toEqual(Object.keys(tensors))
    expect(bytes.length).toBe(8 + length + end)
  })

  it('of another program is read, whatever the order of its entries, its padding and its place in memory', () => {
    const header = {
      b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] },
      a: { shape: [1, 1], data_offsets: [0, 4], dtype: 'F32' },
    }
    const bytes = fileOf(`${JSON.stringify(header)}   `, [1, 2, 3])
    const inside = new Uint8Array(bytes.length + 3)
    inside.set(bytes, 3)
    expect(decodeSafetensors(inside.subarray(3), 'x')).toEqual({
      tensors: {
        b: { shape: [2], values: Float32Array.of(2, 3) },
        a: { shape: [1, 1], values: Float32Array.of(1) },
      },
      metadata: {},
    })
  })

  it.each<[string, number, (view: DataView) => void, number[]]>([
    [
      'F64',
      8,
      (view) => {
        for (const [i, value] of [Math.PI, -1e-3, 1e300].entries()) view.setFloat64(8 * i, value, true)
      },
      [Math.fround(Math.PI), Math.fround(-1e-3), Number.POSITIVE_INFINITY],
    ],
    [
      'F16',
      2,
      (view) => {
        // 1.5, the least that is not 0, and the largest negative.
        for (const [i, bits] of [0x3e00, 0x0001, 0xfbff].entries()) view.setUint16(2 * i, bits, true)
      },
      [1.5, 2 ** -24, -65504],
    ],
    [
      'BF16',
      2,
      (view) => {
        for (const [i, bits] of [0x3f80, 0xc2f7, 0x7f80].entries()) view.setUint16(2 * i, bits, true)
      },
      [1, -123.5, Number.POSITIVE_INFINITY],
    ],
  ])('of %s becomes float32', (dtype, size, write, expected) => {
    const data = new Uint8Array(3 * size)
    write(new DataView(data.buffer))
    const header = new TextEncoder().encode(
      JSON.stringify({ a: { dtype, shape: [3], data_offsets: [0, 3 * size] } }),
    )
    const bytes = new Uint8Array(8 + header.length + data.length)
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true)
    bytes.set(header, 8)
    bytes.set(data, 8 + header.length)
    expect([...decodeSafetensors(bytes, 'x').tensors.a!.values]).toEqual(expected)
  })

  it('leaves out single whole numbers, such as counters of batches', () => {
    const header = {
      counter: { dtype: 'I64', shape: [], data_offsets: [0, 8] },
      a: { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
    }
    expect(decodeSafetensors(fileOf(header, [1, 2, 3]), 'x').tensors).toEqual({
      a: { shape: [1], values: Float32Array.of(3) },
    })
  })

  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
  it.each<[string, Uint8Array, string]>([
    ['is empty', new Uint8Array(0), '0 bytes'],
    ['is shorter than a header', new Uint8Array(7), '7 bytes'],
    [
      'has a header longer than itself',
      Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 123, 125),
      'a header of 9 bytes in 10',
    ],
    ['has a header of absurd length', new Uint8Array(20).fill(255), 'a header of 18446744073709552000 bytes'],
    ['has no JSON', fileOf('{"a":', []), 'the header is not JSON'],
    ['has null for a header', fileOf('null', []), 'the header is not an object'],
    ['has a list for a header', fileOf([entry], [1, 2]), 'the header is not an object'],
    ['has an entry that is none', fileOf({ a: 5 }, []), 'a lacks a dtype, a shape or data_offsets'],
    ['has an entry without offsets', fileOf({ a: { dtype: 'F32', shape: [2] } }, [1, 2]), 'a lacks'],
    ['has a negative offset', fileOf({ a: { ...entry, data_offsets: [-8, 0] } }, [1, 2]), 'a lacks'],
    ['has three offsets', fileOf({ a: { ...entry, data_offsets: [0, 4, 8] } }, [1, 2]), 'a lacks'],
    ['has a length that is not whole', fileOf({ a: { ...entry, shape: [0.5, 4] } }, [1, 2]), 'a lacks'],
    [
      'holds another type',
      fileOf({ a: { ...entry, dtype: 'I32' } }, [1, 2]),
      'a holds I32, only F32, F64, F16, BF16 are read',
    ],
    [
      'holds another number of bytes than its type needs',
      fileOf({ a: { ...entry, dtype: 'F16' } }, [1, 2]),
      'a [2] lies at 0 to 8 of 8 bytes',
    ],
    ['is truncated', fileOf({ a: entry }, [1]), 'a [2] lies at 0 to 8 of 4 bytes'],
    [
      'has a shape that does not fit',
      fileOf({ a: { ...entry, shape: [3] } }, [1, 2]),
      'a [3] lies at 0 to 8 of 8 bytes',
    ],
    ['is too long', fileOf({ a: entry }, [1, 2, 3]), 'do not fill its 12 bytes'],
    [
      'has tensors that overlap',
      fileOf({ a: entry, b: entry, c: { ...entry, data_offsets: [16, 24] } }, [1, 2, 3, 4, 5, 6]),
      'do not fill its 24 bytes one after the other',
    ],
    [
      'has metadata that are not strings',
      fileOf({ __metadata__: { a: 1 }, a: entry }, [1, 2]),
      'its metadata are not strings',
    ],
  ])('that %s is refused by name', (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'some/model.safetensors')).toThrow(
      'some/model.safetensors is not a whole safetensors file: ',
    )
    expect(() => decodeSafetensors(bytes, 'x')).toThrow(message)
  })

  it('is refused at whatever byte it is cut off', () => {
    const bytes = file()
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeSafetensors(bytes.subarray(0, length), 'x'), String(length)).toThrow('not a whole')
  })
})

describe('half precision', () => {
  it('gives every number that it has back as it was', () => {
    const all = Array.from({ length: 0x10000 }, (_, bits) => bits)
    const wrong = all.filter((bits) => {
      const isNumber = (bits & 0x7c00) !== 0x7c00 || (bits & 0x3ff) === 0
      return isNumber && toHalf(fromHalf(bits)) !== bits
    })
    expect(wrong).toEqual([])
    expect(Number.isNaN(fromHalf(toHalf(Number.NaN)))).toBe(true)
  })

  it('rounds to the nearest number that it has, and halfway to the even one', () => {
    for (const [value, rounded] of [
      [1 + 2 ** -11, 1],
      [1 + 3 * 2 ** -11, 1 + 2 ** -9],
      [1 + 2 ** -11 + 2 ** -20, 1 + 2 ** -10],
      [-(2 ** -25), -0],
      [3 * 2 ** -25, 2 ** -23],
      [65519, 65504],
      [65520, Number.POSITIVE_INFINITY],
    ] as const)
      expect(fromHalf(toHalf(value))).toBe(rounded)
  })

  it('halves a file, which is read like any other', () => {
    const values = Float32Array.of(0.5, -2, 0.1)
    const half = encodeSafetensors({ tensors: { a: { shape: [3], values } }, metadata }, 'F16')
    const { a } = decodeSafetensors(half, 'x').tensors
    expect(a!.values).toEqual(Float32Array.of(0.5, -2, fromHalf(toHalf(0.1))))
    expect(Math.abs(a!.values[2]! - 0.1)).toBeLessThan(2 ** -14)
  })
})
