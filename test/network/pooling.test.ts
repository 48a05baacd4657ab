import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { blockSizes, largestOf, pool, poolAdjoint, spread, winners } from '../../src/network/pooling.js'
import { maxPooled, maxPooledBack, pooled } from './slow-linear.js'
import { deviation, inner, random4D, SINGLE } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

describe.each([
  [2, 4, 6, 3],
  [1, 5, 4, 2],
  [3, 4, 7, 1],
  [2, 7, 3, 2],
  [1, 1, 1, 2],
  [2, 1, 4, 1],
])('average pooling of [%i, %i, %i, %i]', (n, height, width, channels) => {
  const shape: [number, number, number, number] = [n, height, width, channels]
  const blocks: [number, number, number, number] = [n, Math.ceil(height / 2), Math.ceil(width / 2), channels]

  it('is the mean of the pixels that exist', () => {
    const x = random4D(shape, 'x')
    const mean = pool(x)
    expect(mean.shape).toEqual(blocks)
    expect(deviation(mean.dataSync(), pooled(x.dataSync(), shape))).toBeLessThan(SINGLE)
  })

  it('keeps ⟨pool(x), y⟩ = ⟨x, poolAdjoint(y)⟩', () => {
    const [x, y] = [random4D(shape, 'x'), random4D(blocks, 'y')]
    const adjoint = poolAdjoint(y, height, width)
    expect(adjoint.shape).toEqual(shape)
    expect(inner(x, adjoint)).toBeCloseTo(inner(pool(x), y), 5)
  })

  it('has blocks whose sizes add up to the image', () => {
    const sizes = blockSizes(height, width)
    expect(sizes.shape).toEqual([1, blocks[1], blocks[2], 1])
    expect(sizes.dataSync<'float32'>().reduce((sum, size) => sum + size, 0)).toBe(height * width)
  })

  it('spreads each block’s value over just the pixels it covers', () => {
    const y = random4D(blocks, 'y')
    const wide = spread(y, height, width)
    expect(wide.shape).toEqual(shape)
    const [from, to] = [y.arraySync(), wide.arraySync()]
    for (let image = 0; image < n; image++)
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++)
          expect(to[image]![row]![column]).toEqual(from[image]![Math.floor(row / 2)]![Math.floor(column / 2)])
  })
})

describe.each([
  [2, 4, 6, 3],
  [1, 5, 4, 2],
  [3, 4, 7, 1],
  [2, 7, 3, 2],
  [1, 1, 1, 2],
  [2, 1, 4, 1],
])('maximum pooling of [%i, %i, %i, %i]', (n, height, width, channels) => {
  const shape: [number, number, number, number] = [n, height, width, channels]
  const blocks: [number, number, number, number] = [n, Math.ceil(height / 2), Math.ceil(width / 2), channels]

  it.each([
    [-1, 1],
    [-2, -1],
    [0, 1],
  ])('of pixels from %i to %i is the largest of those that exist, never the padding', (low, high) => {
    const x = random4D(shape, 'x', low, high)
    const largest = largestOf(x)
    expect(largest.shape).toEqual(blocks)
    expect([...largest.dataSync()]).toEqual(maxPooled(x.dataSync(), shape))
  })

  it('has one winner a block, and several where they are equal share', () => {
    const distinct = random4D(shape, 'x')
    const few = tf.round(tf.mul(random4D(shape, 'few values'), 1.4)) as typeof distinct
    for (const x of [distinct, few, tf.zerosLike(distinct)]) {
      const shares = winners(x, largestOf(x))
      expect(shares.shape).toEqual(shape)
      const ones = new Array(blocks.reduce((size, length) => size * length)).fill(1)
      expect([...shares.dataSync()]).toEqual(maxPooledBack(x.dataSync(), shape, ones).map(Math.fround))
    }
  })
})
