import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import type { AnyLinear, Share } from '../../src/explanation/rule.js'
import {
  flat,
  wSquared,
  zBounded,
  zGamma,
  zMinus,
  zMinusSigned,
  zPlus,
  zPlusSigned,
  zShifted,
  zWhole,
} from '../../src/explanation/shares.js'
import { SignedKernel } from '../../src/explanation/signed-kernel.js'
import { convolution, dense } from '../../src/network/linear.js'
import { convolutionMatrix, denseMatrix, type Matrix } from '../network/slow-linear.js'
import { deviation, random2D, random4D, SINGLE, tensorsLeft } from '../network/tensors.js'
import {
  type Contribution,
  contributions,
  slowDenominator,
  slowGamma,
  slowRedistribution,
} from './slow-rules.js'

beforeAll(async () => {
  await useBackend()
})

const ranges = [
  { low: -1, high: 1 },
  { low: 0, high: 1 },
  { low: -0.5, high: 2.5 },
]

const NONNEGATIVE = [0, 1] as const
const SIGNED = [-1, 1] as const

/** Each share with its closed form and the inputs that it is for; those of z^B are the range of the pixels. */
const shares: [string, Share, Contribution, readonly [number, number] | 'pixels'][] = [
  ['zPlus', zPlus, contributions.zPlus, NONNEGATIVE],
  ['zMinus', zMinus, contributions.zMinus, NONNEGATIVE],
  ['zPlusSigned', zPlusSigned, contributions.zPlusSigned, SIGNED],
  ['zMinusSigned', zMinusSigned, contributions.zMinusSigned, SIGNED],
  ['zWhole', zWhole, contributions.zWhole, SIGNED],
  ['zGamma(0.25)', zGamma(0.25), slowGamma(0.25), NONNEGATIVE],
  ['zGamma(0)', zGamma(0), slowGamma(0), NONNEGATIVE],
  ['zGamma(3)', zGamma(3), slowGamma(3), NONNEGATIVE],
  ['zBounded', zBounded, contributions.zBounded, 'pixels'],
  ['zShifted', zShifted, contributions.zShifted, 'pixels'],
  ['wSquared', wSquared, contributions.wSquared, 'pixels'],
  ['flat', flat, contributions.flat, 'pixels'],
]

const layers = {
  dense: (low: number, high: number) => {
    const [x, kernel] = [random2D([6, 5], 'x', low, high), random2D([5, 7], 'kernel')]
    const matrix: Matrix = denseMatrix(kernel.dataSync(), [5, 7])
    const product = dense.apply(x, kernel)
    return {
      linear: dense as unknown as AnyLinear,
      x,
      kernel,
      product,
      matrix,
      rows: 6,
      s: random2D([6, 7], 's'),
    }
  },
  convolution: (low: number, high: number) => {
    const [x, kernel] = [random4D([2, 5, 4, 2], 'x', low, high), random4D([3, 3, 2, 3], 'kernel')]
    const matrix: Matrix = convolutionMatrix(kernel.dataSync(), [3, 3, 2, 3], 5, 4)
    const product = convolution.apply(x, kernel)
    const s = random4D([2, 5, 4, 3], 's')
    return { linear: convolution as unknown as AnyLinear, x, kernel, product, matrix, rows: 2, s }
  },
}

describe.each(shares)('%s', (_name, share, contribution, inputs) => {
  describe.each(['dense', 'convolution'] as const)('of a %s layer', (kind) => {
    it.each(ranges)('is what its matrix written out gives, for pixels from $low to $high', (range) => {
      const [low, high] = inputs === 'pixels' ? [range.low, range.high] : inputs
      const { linear, x, kernel, product, matrix, rows, s } = layers[kind](low, high)
      const slow = { x: x.dataSync<'float32'>(), matrix, contribution }
      const signed = new SignedKernel(kernel)
      const denominator = share.denominator({ linear, x, kernel: signed, range, product })
      expect(denominator.shape).toEqual(s.shape)
      expect(deviation(denominator.dataSync(), slowDenominator([slow], rows, range))).toBeLessThan(SINGLE)
      const received = share.redistribute(s, { linear, x, kernel: signed, range })
      expect(received.shape).toEqual(x.shape)
      const expected = slowRedistribution(slow, s.dataSync(), range)
      expect(deviation(received.dataSync(), expected)).toBeLessThan(SINGLE)
      signed.dispose()
    })
  })
})

describe('flat', () => {
  it('counts connections of weight 0 alike', () => {
    const [x, kernel] = [random2D([2, 3], 'x'), random2D([3, 4], 'kernel')]
    const product = dense.apply(x, kernel)
    const signed = new SignedKernel(tf.zerosLike(kernel))
    const range = { low: -1, high: 1 }
    const linear = dense as unknown as AnyLinear
    expect([...flat.denominator({ linear, x, kernel: signed, range, product }).dataSync()]).toEqual(
      new Array(8).fill(3),
    )
    signed.dispose()
  })
})

describe('shares of inputs ≥ 0', () => {
  it('are those of inputs of either sign', () => {
    const { linear, x, kernel, product, s } = layers.dense(0, 1)
    const signed = new SignedKernel(kernel)
    const range = { low: -1, high: 1 }
    for (const [plain, forEither] of [
      [zPlus, zPlusSigned],
      [zMinus, zMinusSigned],
    ] as const) {
      const [one, other] = [plain, forEither].map((share) => [
        share.denominator({ linear, x, kernel: signed, range, product }).dataSync(),
        share.redistribute(s, { linear, x, kernel: signed, range }).dataSync(),
      ])
      for (const [i, values] of one!.entries()) expect(deviation(other![i]!, values)).toBeLessThan(SINGLE)
    }
    signed.dispose()
  })
})

describe('the parts of a kernel by sign', () => {
  it('are w⁺ ≥ 0 and w⁻ ≤ 0, which add up to w', () => {
    const kernel = random2D([4, 5], 'kernel')
    const signed = new SignedKernel(kernel)
    const [whole, positive, negative] = [signed.whole, signed.positive, signed.negative].map((part) =>
      part.dataSync<'float32'>(),
    )
    for (const [i, w] of kernel.dataSync<'float32'>().entries()) {
      expect([whole![i], positive![i]! + 0, negative![i]! + 0]).toEqual([w, Math.max(w, 0), Math.min(w, 0)])
    }
    signed.dispose()
    kernel.dispose()
  })

  it('are made once each, and disposing of them leaves none behind', () => {
    const kernel = random2D([4, 5], 'kernel')
    const left = tensorsLeft(() => {
      const signed = new SignedKernel(kernel)
      expect(signed.positiveTransposed).toBe(signed.positiveTransposed)
      expect(signed.negativeTransposed).toBe(signed.negativeTransposed)
      expect(signed.wholeTransposed).toBe(signed.wholeTransposed)
      expect(signed.negativeTransposed.shape).toEqual([5, 4])
      expect(signed.bothTransposed.shape).toEqual([5, 8])
      signed.dispose()
    })
    expect(left).toBe(0)
    expect(kernel.isDisposed).toBe(false)
    kernel.dispose()
  })
})
