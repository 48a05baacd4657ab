import { encode } from 'fast-png'
import { zlibSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { greyOfPng } from '../../src/data/png-grey.js'
import { greyPng } from './files.js'

type Channels = 1 | 2 | 3 | 4
const rgb = [10, 20, 30, 200, 100, 0, 255, 255, 255, 0, 0, 0]
const luma = ([r, g, b]: readonly number[]) => Math.round(0.299 * r! + 0.587 * g! + 0.114 * b!)
const png = (channels: Channels, data: readonly number[], depth: 8 | 16 = 8, interlace = false) =>
  encode(
    {
      width: 2,
      height: data.length / channels / 2,
      channels,
      depth,
      data: depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
    },
    { interlace: interlace ? 'Adam7' : 'null' },
  )
const inkOf = (bytes: Uint8Array, invert = false) => [...greyOfPng(bytes, 'f', invert).pixels]

/** A PNG of any kind from its chunks; `rows` are scan lines without their filter byte. */
function rawPng(
  depth: number,
  colourType: number,
  width: number,
  rows: number[][],
  extra: [string, number[]][] = [],
) {
  const word = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)
  const crcOf = (bytes: readonly number[]) => {
    let crc = 0xffffffff
    for (const byte of bytes) {
      crc ^= byte
      for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    }
    return (crc ^ 0xffffffff) >>> 0
  }
  const chunk = (type: string, body: readonly number[]) => {
    const named = [...Buffer.from(type), ...body]
    return [...word(body.length), ...named, ...word(crcOf(named))]
  }
  const header = [...word(width), ...word(rows.length), depth, colourType, 0, 0, 0]
  const data = zlibSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))
  return Uint8Array.from([
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk('IHDR', header),
    ...extra.flatMap(([type, body]) => chunk(type, body)),
    ...chunk('IDAT', [...data]),
    ...chunk('IEND', []),
  ])
}

describe('a PNG', () => {
  it('of grey gives its bytes and size', () => {
    expect(greyOfPng(greyPng(2, 3, [0, 1, 2, 253, 254, 255]), 'f')).toEqual({
      rows: 2,
      columns: 3,
      pixels: Uint8Array.of(0, 1, 2, 253, 254, 255),
    })
  })

  it('of colours gives 0.299 R + 0.587 G + 0.114 B, interlaced or not', () => {
    const expected = [0, 3, 6, 9].map((i) => luma(rgb.slice(i, i + 3)))
    expect(inkOf(png(3, rgb))).toEqual(expected)
    expect(inkOf(png(3, rgb, 8, true))).toEqual(expected)
    expect(expected).toEqual([18, 119, 255, 0])
  })

  it('of 16 bits is rounded to 8', () => {
    expect(inkOf(png(1, [0, 257, 385, 386, 65_278, 65_535], 16))).toEqual([0, 1, 1, 2, 254, 255])
    expect(
      inkOf(
        png(
          3,
          rgb.map((value) => value * 257),
          16,
        ),
      ),
    ).toEqual(inkOf(png(3, rgb)))
  })

  it('is background where it is transparent, with bright ink and with dark ink', () => {
    const greyAlpha = [200, 255, 200, 0, 200, 128, 0, 255]
    expect(inkOf(png(2, greyAlpha))).toEqual([200, 0, 100, 0])
    expect(inkOf(png(2, greyAlpha), true)).toEqual([55, 0, 28, 255])
    expect(inkOf(png(4, [255, 255, 255, 255, 255, 0, 0, 0]))).toEqual([255, 0])
    expect(inkOf(png(4, [0, 0, 0, 255, 0, 0, 0, 0]), true)).toEqual([255, 0])
  })

  it('with dark ink on white is turned round', () => {
    expect(inkOf(greyPng(1, 3, [255, 0, 100]), true)).toEqual([0, 255, 155])
  })

  it('of 1, 2 or 4 bits a pixel is unpacked', () => {
    expect(inkOf(rawPng(1, 0, 3, [[0b10100000], [0b01000000]]))).toEqual([255, 0, 255, 0, 255, 0])
    expect(inkOf(rawPng(2, 0, 5, [[0b00011011, 0b11000000]]))).toEqual([0, 85, 170, 255, 255])
    expect(inkOf(rawPng(4, 0, 3, [[0x0f, 0x50]]))).toEqual([0, 255, 85])
  })

  it('with a palette gives the grey of its colours', () => {
    const palette: [string, number[]] = ['PLTE', [0, 0, 0, 200, 100, 0, 255, 255, 255]]
    expect(inkOf(rawPng(8, 3, 3, [[2, 1, 0]], [palette]))).toEqual([255, 119, 0])
    expect(inkOf(rawPng(2, 3, 3, [[0b10010000]], [palette]))).toEqual([255, 119, 0])
    expect(inkOf(rawPng(8, 3, 3, [[2, 1, 0]], [palette, ['tRNS', [255, 255, 0]]]))).toEqual([0, 119, 0])
  })

  it('with one transparent colour has background there', () => {
    expect(inkOf(rawPng(8, 0, 3, [[7, 8, 9]], [['tRNS', [0, 8]]]))).toEqual([7, 0, 9])
    const colours: [string, number[]] = ['tRNS', [0, 255, 0, 255, 0, 255]]
    expect(inkOf(rawPng(8, 2, 3, [[255, 255, 255, 255, 255, 254, 0, 0, 0]], [colours]))).toEqual([0, 255, 0])
  })

  it('that is damaged, cut off or something else is refused by name', () => {
    const whole = greyPng(2, 3, [0, 1, 2, 253, 254, 255])
    const altered = Uint8Array.from(whole)
    altered[45]! ^= 1
    for (const bad of [
      whole.subarray(0, 30),
      whole.subarray(0, 50),
      altered,
      Buffer.from('GIF89a something'),
      new Uint8Array(0),
    ])
      expect(() => greyOfPng(bad, 'disc/7.png')).toThrow(/^disc\/7\.png: not a readable PNG: /)
  })

  it('that is interlaced at less than 8 bits is refused rather than read wrongly', () => {
    const bytes = rawPng(1, 0, 3, [[0b10100000]])
    bytes[28] = 1
    expect(() => greyOfPng(bytes, 'f')).toThrow(/^f: not a readable PNG/)
  })
})
