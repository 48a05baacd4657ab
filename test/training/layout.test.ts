import { describe, expect, it } from 'vitest'
import { layer } from '../../src/network/parameters.js'
import { layoutOf, partOf, toFlat, toNamed } from '../../src/training/layout.js'

const layout = layoutOf([...layer('a', [2, 3]), ...layer('b', [3, 3, 1, 2], 'freeBias')])

describe('the layout of parameters in one vector', () => {
  it('puts one after the other, without a gap', () => {
    expect(layout.offsets).toEqual([0, 6, 9, 27])
    expect(layout.size).toBe(29)
  })

  it('gives parts that are views', () => {
    const flat = Float32Array.from({ length: 29 }, (_, i) => i)
    const part = partOf(layout, flat, 1)
    expect([...part]).toEqual([6, 7, 8])
    part[0] = -1
    expect(flat[6]).toBe(-1)
  })

  it('goes to named copies and back without loss', () => {
    const flat = Float32Array.from({ length: 29 }, (_, i) => i)
    const named = toNamed(layout, flat)
    expect(Object.keys(named)).toEqual(['a.kernel', 'a.bias', 'b.kernel', 'b.bias'])
    expect(named['b.kernel']!.shape).toEqual([3, 3, 1, 2])
    expect(toFlat(layout, named)).toEqual(flat)
    flat.fill(0)
    expect([...named['b.bias']!.values]).toEqual([27, 28])
  })
})
