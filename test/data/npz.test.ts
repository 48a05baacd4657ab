import { describe, expect, it } from 'vitest'
import { imagesFromNpz, npzArrays } from '../../src/data/npz.js'
import { npyBytes, npzBytes } from './files.js'

const bytes = { type: '|u1' }
const x = Array.from({ length: 2 * 5 * 9 }, (_, i) => i % 256)
const arrays = {
  x_train: npyBytes([2, 5, 9], x, bytes),
  y_train: npyBytes([2], [0, 2], bytes),
  x_test: npyBytes([1, 5, 9], x.slice(0, 45), bytes),
  y_test: npyBytes([1], [1], { type: '<i8' }),
}
const read = (changes: Readonly<Record<string, Uint8Array>> = {}, options = {}) =>
  imagesFromNpz(npzBytes({ ...arrays, ...changes }), 'own.npz', { classes: 3, ...options })

describe("a dataset's .npz file", () => {
  it('gives the images and labels of both parts, compressed or not', () => {
    for (const level of [0, 6] as const) {
      const { train, test } = imagesFromNpz(npzBytes(arrays, level), 'own.npz', { classes: 3 })
      expect(train).toMatchObject({ name: 'own.npz: x_train', count: 2, rows: 5, columns: 9 })
      expect([[...train.pixels], [...train.labels]]).toEqual([x, [0, 2]])
      expect([test.count, [...test.labels]]).toEqual([1, [1]])
    }
  })

  it('is refused where a byte of it was flipped, though it could still be unpacked', () => {
    const whole = npzBytes(arrays, 0)
    const flipped = Uint8Array.from(whole)
    const at = Buffer.from(whole).indexOf(Buffer.from(x.slice(0, 45))) + 7
    flipped[at]! ^= 1
    expect(() => imagesFromNpz(flipped, 'own.npz', { classes: 3 })).toThrow(
      'own.npz: x_train.npy is damaged: its CRC-32 is not the one that the zip file has of it',
    )
  })

  it('of floats is told its range and rounded to bytes, in either order of memory', () => {
    const floats = x.map((value) => value / 89)
    const x_test = npyBytes([1, 5, 9], floats.slice(0, 45))
    for (const fortran of [false, true])
      for (const type of ['<f4', '<f8', '>f8']) {
        const { train } = read(
          { x_train: npyBytes([2, 5, 9], floats, { type, fortran }), x_test },
          { range: [0, 1] },
        )
        expect([...train.pixels]).toEqual(floats.map((value) => Math.round(value * 255)))
      }
    const { train } = read({ x_train: npyBytes([2, 5, 9], x) }, { range: [0, 255] })
    expect([...train.pixels]).toEqual(x)
  })

  it('may have one channel, labels as a column, and dark ink on a bright background', () => {
    const { train } = read(
      { x_train: npyBytes([2, 5, 9, 1], x, bytes), y_train: npyBytes([2, 1], [0, 2], { type: '<i4' }) },
      { invert: true },
    )
    expect([[...train.pixels], [...train.labels]]).toEqual([x.map((value) => 255 - value), [0, 2]])
  })

  const refused: readonly (readonly [string, Readonly<Record<string, Uint8Array>>, object, string])[] = [
    [
      'floats without a range',
      { x_train: npyBytes([2, 5, 9], x) },
      {},
      'own.npz: x_train are not bytes: say what they range over, range: [0, 1] or [0, 255]',
    ],
    [
      'a pixel out of the range',
      { x_train: npyBytes([2, 5, 9], x) },
      { range: [0, 1] },
      'own.npz: x_train[2] is 2; allowed are numbers from 0 to 1',
    ],
    [
      'a pixel that is no number',
      {
        x_train: npyBytes(
          [2, 5, 9],
          x.map(() => Number.NaN),
        ),
      },
      { range: [0, 1] },
      'x_train[0] is NaN',
    ],
    [
      'a label out of range',
      { y_train: npyBytes([2], [0, 3], bytes) },
      {},
      'own.npz: y_train[1] is 3; allowed are whole numbers from 0 to 2',
    ],
    ['a negative label', { y_test: npyBytes([1], [-1], { type: '<i8' }) }, {}, 'own.npz: y_test[0] is -1'],
    [
      'fewer labels',
      { y_train: npyBytes([1], [0], bytes) },
      {},
      'own.npz: y_train has shape (1); x_train has 2 images',
    ],
    [
      'colours',
      { x_train: npyBytes([2, 5, 3, 3], x, bytes) },
      {},
      'own.npz: x_train has shape (2, 5, 3, 3); allowed is (images, rows, columns)',
    ],
    ['flat images', { x_train: npyBytes([2, 45], x, bytes) }, {}, 'x_train has shape (2, 45)'],
    ['a damaged array', { x_test: arrays.x_test.subarray(0, 150) }, {}, 'own.npz: x_test: truncated'],
  ]
  it.each(refused)('with %s is refused by name', (_, changes, options, message) => {
    expect(() => read(changes, options)).toThrow(message)
  })

  it('that lacks an array is refused with what it holds', () => {
    const { y_test: _, ...others } = arrays
    const file = npzBytes({ ...others, extra: arrays.y_test })
    expect(() => imagesFromNpz(file, 'own.npz', { classes: 3 })).toThrow(
      'own.npz: y_test missing; it holds x_train, y_train, x_test, extra',
    )
    expect(Object.keys(npzArrays(file, 'own.npz', ['extra']))).toEqual(['extra'])
  })

  it('that is no zip file is refused', () => {
    const file = npzBytes(arrays)
    for (const bad of [file.subarray(0, file.length - 40), Buffer.from('nothing'), new Uint8Array(0)])
      expect(() => imagesFromNpz(bad, 'own.npz', { classes: 3 })).toThrow(
        'own.npz: not a readable .npz (zip) file',
      )
  })
})
