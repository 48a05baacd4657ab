import { expect, it } from 'vitest'
import { convolve, matMul } from '../../../src/setup/native/reference.js'

const wave = (length: number, step: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(step * (i + 1)))
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

it('matMul is the product by hand', () => {
  const a = Float32Array.of(1, 2, 3, 4, 5, 6)
  const b = Float32Array.of(1, 0, 0, 1, 2, 2)
  expect([...matMul(a, b, 2, 3, 2)]).toEqual([7, 8, 16, 17])
})

it('a 2×2 convolution of a 3×3 image is the one by hand', () => {
  const shape = { height: 3, width: 3, inputs: 1, outputs: 1, size: 2 }
  const image = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
  const kernel = Float32Array.of(1, 0, 0, -1)
  const { y, dImage, dKernel } = convolve(shape, image, kernel, Float32Array.of(1, 0, 0, 0))
  expect([...y]).toEqual([-4, -4, -4, -4])
  expect([...dImage]).toEqual([1, 0, 0, 0, -1, 0, 0, 0, 0])
  expect([...dKernel]).toEqual([1, 2, 4, 5])
})

it("the convolution's gradients are its adjoints", () => {
  const shape = { height: 5, width: 4, inputs: 2, outputs: 3, size: 3 }
  const [image, kernel, dy] = [wave(40, 0.3), wave(54, 0.9), wave(18, 1.1)]
  const { y, dImage, dKernel } = convolve(shape, image, kernel, dy)
  expect(dot(image, dImage)).toBeCloseTo(dot(y, dy), 4)
  expect(dot(kernel, dKernel)).toBeCloseTo(dot(y, dy), 4)
})
