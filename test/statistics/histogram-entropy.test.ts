import { expect, it } from 'vitest'
import { histogramEntropy } from '../../src/statistics/index.js'

it('the entropy of values that fill all bins alike is the logarithm of their number', () => {
  expect(histogramEntropy([0, 1, 2, 3], 4)).toBeCloseTo(Math.log(4), 12)
  expect(histogramEntropy([0, 0, 3, 3], 4)).toBeCloseTo(Math.log(2), 12)
})

it('the entropy of values that are alike is 0', () => {
  expect(histogramEntropy([2, 2, 2])).toBe(0)
})

it('the entropy follows from the shares of the bins, the highest value in the last', () => {
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))
  expect(histogramEntropy([0, 0.1, 0.2, 1], 2)).toBeCloseTo(entropy, 12)
})

it('the entropy does not change when values are scaled and moved', () => {
  const values = [0.3, -1, 0.2, 4, 2.5, 2.6]
  expect(
    histogramEntropy(
      values.map((value) => 5 * value - 3),
      7,
    ),
  ).toBeCloseTo(histogramEntropy(values, 7), 12)
})

it('the entropy is refused of nothing, of what is not finite, and over no bins', () => {
  expect(() => histogramEntropy([])).toThrow('values is empty')
  expect(() => histogramEntropy([1, Number.NaN])).toThrow('values[1] is NaN')
  expect(() => histogramEntropy([1, 2], 0)).toThrow('bins is 0; it must be a whole number of at least 1')
})
