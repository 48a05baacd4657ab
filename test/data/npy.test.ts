import { describe, expect, it } from 'vitest'
import { parseNpy } from '../../src/data/npy.js'
import { type NpyOptions, npyBytes } from './files.js'

const values = Array.from({ length: 24 }, (_, i) => i)

describe('an .npy file', () => {
  it('gives its values in row-major order, whatever its version, order, byte order and element type', () => {
    const types = ['|u1', '|i1', '<u2', '>u2', '<i2', '>i2', '<u4', '>u4', '<i4', '>i4', '<u8', '>u8']
    for (const type of [...types, '<i8', '>i8', '<f4', '>f4', '<f8', '>f8'])
      for (const version of [1, 2, 3] as const)
        for (const fortran of [false, true]) {
          const array = parseNpy(npyBytes([2, 3, 4], values, { type, version, fortran }), 'f')
          expect([array.type, array.shape, [...array.values]]).toEqual([type, [2, 3, 4], values])
        }
  })

  it('keeps fractions, negative numbers and booleans', () => {
    const floats = [-1.5, 0.25, 1e-3]
    expect([...parseNpy(npyBytes([3], floats, { type: '<f8' }), 'f').values]).toEqual(floats)
    expect([...parseNpy(npyBytes([3], floats), 'f').values]).toEqual(floats.map(Math.fround))
    expect([...parseNpy(npyBytes([2], [-7, 7], { type: '>i4' }), 'f').values]).toEqual([-7, 7])
    expect([...parseNpy(npyBytes([2], [1, 0], { type: '|b1' }), 'f').values]).toEqual([1, 0])
  })

  it('may be a scalar, a list or empty, and lie anywhere in a larger buffer', () => {
    expect(parseNpy(npyBytes([], [5]), 'f')).toMatchObject({ shape: [] })
    expect(parseNpy(npyBytes([0, 3], []), 'f')).toMatchObject({ shape: [0, 3] })
    const larger = Buffer.concat([Buffer.from([1, 2, 3]), npyBytes([2], [8, 9])])
    expect([...parseNpy(larger.subarray(3), 'f').values]).toEqual([8, 9])
  })

  it('of bytes stays bytes, a copy', () => {
    const file = npyBytes([2], [8, 9], { type: '|u1' })
    const array = parseNpy(file, 'f')
    file.fill(0)
    expect(array.values).toEqual(Uint8Array.of(8, 9))
  })

  const cut = (options: NpyOptions, change: (bytes: Uint8Array) => Uint8Array) =>
    change(npyBytes([2, 3, 4], values, options))
  const text = (from: string, to: string) => (bytes: Uint8Array) =>
    Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1')
  const refused: readonly (readonly [string, Uint8Array, string])[] = [
    [
      'no .npy file',
      Buffer.from('PK and something'),
      'some.npy: not a readable .npy file, it does not start with',
    ],
    ['too short', Buffer.from('\x93NUM', 'latin1'), 'it does not start with'],
    ['a later version', cut({}, (b) => b.fill(4, 6, 7)), 'its version is 4; allowed are 1, 2 and 3'],
    ['cut off in its header', cut({}, (b) => b.subarray(0, 40)), 'it ends in its header'],
    ['cut off before its header', cut({ version: 2 }, (b) => b.subarray(0, 11)), 'it ends in its header'],
    [
      'cut off',
      cut({}, (b) => b.subarray(0, b.length - 1)),
      'truncated, 95 bytes of values where shape (2, 3, 4)',
    ],
    ['too long', cut({}, (b) => Buffer.concat([b, Buffer.of(0)])), 'too long, 97 bytes of values'],
    [
      'complex numbers',
      npyBytes([1], [], { type: '<c8' }),
      "its elements are '<c8'; allowed are booleans, integers",
    ],
    ['half floats', npyBytes([1], [], { type: '<f2' }), "float32 ('<f4') and float64 ('<f8')"],
    ['texts', npyBytes([1], [], { type: '<U3' }), "its elements are '<U3'"],
    ['objects', npyBytes([1], [], { type: '|O' }), "its elements are '|O'"],
    ['records', cut({}, text("'descr': '<f4'", "'descr': [('a', '<f4')]")), 'it holds records, not numbers'],
    ['no shape', cut({}, text('shape', 'shade')), 'its header lacks descr, fortran_order or shape'],
  ]
  it.each(refused)('%s is refused by name', (_, bytes, message) => {
    expect(() => parseNpy(bytes, 'some.npy')).toThrow(message)
    expect(() => parseNpy(bytes, 'some.npy')).toThrow(/^some\.npy: /)
  })
})
