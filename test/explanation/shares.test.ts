import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import type { AnyLinear } from '../../src/explanation/rule.js'
import { zBounded, zMinus, zPlus } from '../../src/explanation/shares.js'
import { SignedKernel } from '../../src/explanation/signed-kernel.js'
import { convolution, dense } from '../../src/network/linear.js'
import { convolutionMatrix, denseMatrix, type Matrix } from '../network/slow-linear.js'
import { deviation, random2D, random4D, SINGLE, tensorsLeft } from '../network/tensors.js'
import { contributions, slowDenominator, slowRedistribution } from './slow-rules.js'

beforeAll(async () => {
  await useBackend()
})

const shares = { zPlus, zMinus, zBounded }
const names = ['zPlus', 'zMinus', 'zBounded'] as const
const ranges = [
  { low: -1, high: 1 },
  { low: 0, high: 1 },
  { low: -0.5, high: 2.5 },
]

const layers = {
  dense: (low: number, high: number) => {
    const [x, kernel] = [random2D([6, 5], 'x', low, high), random2D([5, 7], 'kernel')]
    const matrix: Matrix = denseMatrix(kernel.dataSync(), [5, 7])
    return { linear: dense as unknown as AnyLinear, x, kernel, matrix, rows: 6, s: random2D([6, 7], 's') }
  },
  convolution: (low: number, high: number) => {
    const [x, kernel] = [random4D([2, 5, 4, 2], 'x', low, high), random4D([3, 3, 2, 3], 'kernel')]
    const matrix: Matrix = convolutionMatrix(kernel.dataSync(), [3, 3, 2, 3], 5, 4)
    const s = random4D([2, 5, 4, 3], 's')
    return { linear: convolution as unknown as AnyLinear, x, kernel, matrix, rows: 2, s }
  },
}

describe.each(names)('%s', (name) => {
  describe.each(['dense', 'convolution'] as const)('of a %s layer', (kind) => {
    it.each(ranges)('is what its matrix written out gives, for inputs from $low to $high', (range) => {
      const [low, high] = name === 'zBounded' ? [range.low, range.high] : [0, range.high]
      const { linear, x, kernel, matrix, rows, s } = layers[kind](low, high)
      const slow = { x: x.dataSync<'float32'>(), matrix, contribution: contributions[name] }
      const signed = new SignedKernel(kernel)
      const denominator = shares[name].denominator(linear, x, signed, range)
      expect(denominator.shape).toEqual(s.shape)
      expect(deviation(denominator.dataSync(), slowDenominator([slow], rows, range))).toBeLessThan(SINGLE)
      const received = shares[name].redistribute(linear, s, x, signed, range)
      expect(received.shape).toEqual(x.shape)
      const expected = slowRedistribution(slow, s.dataSync(), range)
      expect(deviation(received.dataSync(), expected)).toBeLessThan(SINGLE)
      signed.dispose()
    })
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
      expect(signed.negativeTransposed.shape).toEqual([5, 4])
      signed.dispose()
    })
    expect(left).toBe(0)
    expect(kernel.isDisposed).toBe(false)
    kernel.dispose()
  })
})
