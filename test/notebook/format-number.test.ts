import { expect, it } from 'vitest'
import { formatFixed, formatNumber } from '../../src/notebook/index.js'

it('numbers keep four significant digits and no trailing zeros', () => {
  const texts: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [3, '3'],
    [48_000, '48000'],
    [0.5, '0.5'],
    [0.81649658, '0.8165'],
    [-1.23456, '−1.235'],
    [123.456, '123.5'],
    [99_999.9, '100000'],
    [12_345.67, '12346'],
    [0.00012347, '0.0001235'],
    [0.99996, '1'],
    [0.00001, '1e−5'],
    [0.0000123456, '1.235e−5'],
    [1.5e12, '1.5e12'],
    [Number.NaN, '–'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ]
  for (const [value, text] of texts) expect(formatNumber(value)).toBe(text)
})

it('fixed digits keep their zeros and never show a negative zero', () => {
  expect(formatFixed(0.5, 3)).toBe('0.500')
  expect(formatFixed(-0.0004, 3)).toBe('0.000')
  expect(formatFixed(-0.5, 1)).toBe('−0.5')
  expect(formatFixed(Number.NaN, 2)).toBe('–')
})
