import { describe, expect, it } from 'vitest'
import { assembleBatch, batchesOf, batchLabels, permutation } from '../../src/data/batches.js'
import { majoritySequences } from '../../src/data/majority.js'
import { PIXEL_RANGE } from '../../src/data/pixel-range.js'
import { syntheticImages } from './synthetic.js'

const images = {
  ...syntheticImages(256, 4, 3, 5),
  pixels: Uint8Array.from({ length: 256 * 15 }, (_, i) => (i * 31 + (i >> 4)) % 256),
}
const sequences = majoritySequences({ images, items: 4, majority: 2, classes: 4, stepColumns: 10, seed: 2 })

describe('a batch', () => {
  it('has each item of each sequence side by side, pixel for pixel, from −1 (background) to 1', () => {
    const which = [17, 0, 255, 17]
    const x = assembleBatch(sequences, which, new Float32Array(4 * 3 * 20))
    for (const [b, s] of which.entries()) {
      for (let r = 0; r < 3; r++) {
        for (let column = 0; column < 20; column++) {
          const image = sequences.items[4 * s + Math.floor(column / 5)]!
          const byte = images.pixels[image * 15 + r * 5 + (column % 5)]!
          expect(x[(b * 3 + r) * 20 + column]).toBe(Math.fround(byte / 127.5 - 1))
        }
      }
    }
  })

  it('reaches exactly −1 and 1', () => {
    const extremes = { ...images, pixels: images.pixels.map((byte) => (byte < 128 ? 0 : 255)) }
    const x = assembleBatch({ ...sequences, images: extremes }, [3], new Float32Array(60))
    expect(new Set(x)).toEqual(new Set([-1, 1]))
    expect(PIXEL_RANGE).toEqual({ low: -1, high: 1 })
  })

  it('is written to the front of a longer array, of which the rest is left alone', () => {
    const into = new Float32Array(3 * 60).fill(9)
    const x = assembleBatch(sequences, Int32Array.of(4, 5), into)
    expect([x.length, x.buffer === into.buffer]).toEqual([120, true])
    expect([...into.subarray(120)].every((value) => value === 9)).toBe(true)
    expect([...x].some((value) => value === 9)).toBe(false)
  })

  it('may be empty', () => {
    expect(assembleBatch(sequences, [], new Float32Array(0)).length).toBe(0)
  })

  it('is refused when the array is too short or a sequence does not exist', () => {
    expect(() => assembleBatch(sequences, [1, 2], new Float32Array(119))).toThrow(
      '2 sequences of 3×20 pixels need 120 places; the array given has 119',
    )
    for (const s of [-1, 256, 1.5]) {
      expect(() => assembleBatch(sequences, [s], new Float32Array(60))).toThrow(
        `There is no sequence ${s}: they are numbered 0 to 255`,
      )
      expect(() => batchLabels(sequences, [s])).toThrow(`There is no sequence ${s}`)
    }
  })

  it('has the labels of its sequences', () => {
    expect([...batchLabels(sequences, [9, 2, 7])]).toEqual([1, 2, 3])
  })
})

describe('the order of an epoch', () => {
  it('has every number once and is a function of the count, the seed and the epoch', () => {
    const order = permutation(1000, 1, 2)
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(permutation(1000, 1, 2)).toEqual(order)
    for (const other of [permutation(1000, 2, 2), permutation(1000, 1, 3), permutation(1000, 1)]) {
      expect(other).not.toEqual(order)
    }
  })

  it('is cut into batches that leave nothing out', () => {
    const batches = batchesOf(permutation(10, 1), 4)
    expect(batches.map((batch) => batch.length)).toEqual([4, 4, 2])
    expect(batches.flatMap((batch) => [...batch])).toEqual([...permutation(10, 1)])
    expect(batchesOf(new Int32Array(0), 4)).toEqual([])
  })

  it('is refused with an impossible batch size or count', () => {
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => batchesOf(permutation(10, 1), size)).toThrow(`at least 1, not ${size}`)
    }
    for (const count of [-1, 1.5, Number.NaN]) {
      expect(() => permutation(count, 1)).toThrow(`at least 0, not ${count}`)
    }
  })
})
