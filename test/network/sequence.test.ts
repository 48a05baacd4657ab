import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { checkGeometry, checkSizes, type Geometry } from '../../src/network/geometry.js'
import { frameImages, frames } from '../../src/network/sequence.js'
import { random3D } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

const geometry = { rows: 3, stepColumns: 2, steps: 4, classes: 5 }

describe('the frames of sequences', () => {
  it('are columns [t·stepColumns, (t+1)·stepColumns), step by step, each row by row', () => {
    const x = random3D([2, 3, 8], 'x')
    const pixel = x.arraySync()
    const all = frames(x, geometry)
    expect(all.shape).toEqual([8, 6])
    const rows = all.arraySync()
    const images = frameImages(x, geometry)
    expect(images.shape).toEqual([8, 3, 2, 1])
    const maps = images.arraySync()
    for (let step = 0; step < 4; step++)
      for (let sequence = 0; sequence < 2; sequence++)
        for (let row = 0; row < 3; row++)
          for (let column = 0; column < 2; column++) {
            const expected = pixel[sequence]![row]![2 * step + column]!
            expect(rows[2 * step + sequence]![2 * row + column]).toBe(expected)
            expect(maps[2 * step + sequence]![row]![column]![0]).toBe(expected)
          }
  })

  it('are read from the right in the other order of steps, each frame as it is', () => {
    const x = random3D([2, 3, 8], 'x')
    const fromRight: Geometry = { ...geometry, scan: 'rightToLeft' }
    const [leftToRight, rightToLeft] = [frames(x, geometry).arraySync(), frames(x, fromRight).arraySync()]
    for (let step = 0; step < 4; step++)
      for (let sequence = 0; sequence < 2; sequence++)
        expect(rightToLeft[2 * step + sequence]).toEqual(leftToRight[2 * (3 - step) + sequence])
    expect(frames(x, { ...geometry, scan: 'leftToRight' }).arraySync()).toEqual(leftToRight)
    const [images, others] = [frameImages(x, geometry).arraySync(), frameImages(x, fromRight).arraySync()]
    expect(others[0]).toEqual(images[6])
  })

  it.each([
    [4, 8],
    [3, 7],
    [8, 3],
  ])('are refused for sequences of %i×%i pixels', (rows, columns) => {
    expect(() => frames(random3D([2, rows, columns], 'x'), geometry)).toThrow(
      `sequences have shape [2,${rows},${columns}]; this network reads [batch, 3, 8]`,
    )
  })
})

describe('sizes', () => {
  const names = ['hidden', 'output']
  it.each([
    [{ hidden: 3 }, 'units.output is undefined; it must be a whole number of at least 1'],
    [{ hidden: 3, output: 0 }, 'units.output is 0'],
    [{ hidden: 1.5, output: 1 }, 'units.hidden is 1.5'],
    [{ hidden: Number.NaN, output: 1 }, 'units.hidden is NaN'],
    [{ hidden: 3, output: 1, hiden: 2 }, 'units.hiden is unknown; there are hidden, output'],
  ])('%j are refused', (sizes, message) => {
    expect(() => checkSizes('units', names, sizes as Record<string, number>)).toThrow(message)
  })

  it('of a geometry and its scan are checked by name', () => {
    expect(() => checkGeometry(geometry)).not.toThrow()
    expect(() => checkGeometry({ ...geometry, scan: 'rightToLeft' })).not.toThrow()
    expect(() => checkGeometry({ ...geometry, scan: 'topDown' } as unknown as Geometry)).toThrow(
      "geometry.scan is 'topDown'; allowed are leftToRight and rightToLeft",
    )
    expect(() => checkGeometry({ ...geometry, steps: 0 })).toThrow('geometry.steps is 0')
  })

  it('of at least 1 are accepted', () => {
    expect(() => checkSizes('units', names, { hidden: 1, output: 256 })).not.toThrow()
  })
})
