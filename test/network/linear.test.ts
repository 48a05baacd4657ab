import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { banded } from '../../src/network/banded.js'
import { convolutionFor } from '../../src/network/convolution-for.js'
import { convolution, dense } from '../../src/network/linear.js'
import { transposed } from '../../src/network/transposed.js'
import { convolutionMatrix, denseMatrix, flipped, multiplied } from './slow-linear.js'
import { deviation, inner, random2D, random4D, SINGLE } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

describe.each([
  [1, 1, 1],
  [1, 5, 3],
  [7, 4, 6],
  [33, 20, 17],
])('a dense layer of %i rows, %i inputs and %i outputs', (n, ins, outs) => {
  const make = () => ({
    x: random2D([n, ins], 'x'),
    y: random2D([n, outs], 'y'),
    kernel: random2D([ins, outs], 'kernel'),
  })

  it('applies its matrix, and its adjoint the transposed matrix', () => {
    const { x, y, kernel } = make()
    const matrix = denseMatrix(kernel.dataSync(), [ins, outs])
    expect(deviation(dense.apply(x, kernel).dataSync(), multiplied(x.dataSync(), matrix))).toBeLessThan(
      SINGLE,
    )
    const back = dense.adjoint(y, transposed(kernel)).dataSync()
    expect(deviation(back, multiplied(y.dataSync(), flipped(matrix)))).toBeLessThan(SINGLE)
  })

  it('keeps ⟨apply(x, k), y⟩ = ⟨x, adjoint(y, kᵀ)⟩ = ⟨k, kernelAdjoint(x, y)⟩', () => {
    const { x, y, kernel } = make()
    const forward = inner(dense.apply(x, kernel), y)
    expect(inner(x, dense.adjoint(y, transposed(kernel)))).toBeCloseTo(forward, 4)
    expect(inner(kernel, dense.kernelAdjoint(x, y, kernel.shape))).toBeCloseTo(forward, 4)
  })
})

const sizes = [
  { kernel: [3, 3, 2, 3], height: 5, width: 4, n: 2 },
  { kernel: [5, 5, 1, 4], height: 6, width: 7, n: 3 },
  { kernel: [5, 5, 1, 2], height: 3, width: 2, n: 2 },
  { kernel: [3, 5, 3, 1], height: 1, width: 4, n: 2 },
  { kernel: [1, 1, 2, 2], height: 2, width: 3, n: 1 },
  { kernel: [3, 3, 4, 2], height: 1, width: 1, n: 1 },
] as const

describe.each([
  ...sizes.map((size) => ({ ...size, way: 'a convolution', linear: convolution })),
  ...sizes.map((size) => ({ ...size, way: 'a convolution by dense products', linear: banded })),
])(
  '$way with kernel $kernel of $n images of $height×$width',
  ({ kernel: shape, height, width, n, linear }) => {
    const [, , ins, outs] = shape
    const make = () => ({
      x: random4D([n, height, width, ins], 'x'),
      y: random4D([n, height, width, outs], 'y'),
      kernel: random4D([...shape], 'kernel'),
    })

    it('applies its matrix, and its adjoint the transposed matrix', () => {
      const { x, y, kernel } = make()
      const matrix = convolutionMatrix(kernel.dataSync(), shape, height, width)
      const forward = linear.apply(x, kernel).dataSync()
      expect(deviation(forward, multiplied(x.dataSync(), matrix))).toBeLessThan(SINGLE)
      const back = linear.adjoint(y, transposed(kernel))
      expect(back.shape).toEqual(x.shape)
      expect(deviation(back.dataSync(), multiplied(y.dataSync(), flipped(matrix)))).toBeLessThan(SINGLE)
    })

    it('keeps ⟨apply(x, k), y⟩ = ⟨x, adjoint(y, kᵀ)⟩ = ⟨k, kernelAdjoint(x, y)⟩', () => {
      const { x, y, kernel } = make()
      const forward = inner(linear.apply(x, kernel), y)
      expect(inner(x, linear.adjoint(y, transposed(kernel)))).toBeCloseTo(forward, 4)
      expect(inner(kernel, linear.kernelAdjoint(x, y, kernel.shape))).toBeCloseTo(forward, 4)
      const other = random4D([...shape], 'another kernel')
      const adjoint = linear.kernelAdjoint(x, y, kernel.shape)
      expect(inner(other, adjoint)).toBeCloseTo(inner(linear.apply(x, other), y), 4)
    })
  },
)

describe('the way to a convolution', () => {
  it('is dense products for images of one channel that are not much wider than the kernel', () => {
    const kernel = tf.zeros<tf.Rank.R4>([5, 5, 1, 2])
    expect(convolutionFor(tf.zeros([1, 28, 7, 1]), kernel)).toBe(banded)
    expect(convolutionFor(tf.zeros([1, 28, 30, 1]), kernel)).toBe(banded)
    expect(convolutionFor(tf.zeros([1, 28, 31, 1]), kernel)).toBe(convolution)
    expect(convolutionFor(tf.zeros([1, 28, 7, 2]), tf.zeros([5, 5, 2, 2]))).toBe(convolution)
  })
})

describe('transposing a kernel', () => {
  it('twice gives the kernel', () => {
    for (const kernel of [random2D([3, 4], 'k'), random4D([3, 5, 2, 4], 'k')]) {
      expect(transposed(transposed(kernel)).dataSync()).toEqual(kernel.dataSync())
    }
  })

  it('turns a convolution kernel by 180° and exchanges its channels', () => {
    const kernel = random4D([3, 5, 2, 4], 'k')
    const turned = transposed(kernel)
    expect(turned.shape).toEqual([3, 5, 4, 2])
    const [from, to] = [kernel.arraySync(), turned.arraySync()]
    for (let y = 0; y < 3; y++)
      for (let x = 0; x < 5; x++)
        for (let i = 0; i < 2; i++)
          for (let o = 0; o < 4; o++) expect(to[y]![x]![o]![i]).toBe(from[2 - y]![4 - x]![i]![o])
    tf.dispose([kernel, turned])
  })
})
