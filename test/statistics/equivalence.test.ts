import { describe, expect, it } from 'vitest'
import { independentEquivalence, pairedEquivalence } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

type Case = { design: 'paired' | 'independent'; a: number[]; b: number[]; margin: number } & Record<
  string,
  number
>
const tests = { paired: pairedEquivalence, independent: independentEquivalence }
const cases = fixture<Case[]>('equivalence')

describe('equivalence by two one-sided tests', () => {
  it.each(cases)(
    'agrees with statsmodels: $design, margin $margin',
    ({ design, a, b, margin, ...wanted }) => {
      expectAgreement(tests[design](a, b, { margin }), wanted as Record<string, number>)
    },
  )

  it.each(cases)('holds where the interval lies within the margin: $design, margin $margin', (wanted) => {
    const { design, a, b } = wanted
    for (const margin of [0.2, 0.5, 1, 2]) {
      const { low, high, isEquivalent, p } = tests[design](a, b, { margin })
      expect(isEquivalent).toBe(-margin < low && high < margin)
      expect(isEquivalent).toBe(p < 0.05)
    }
  })

  it('is the same whichever list comes first', () => {
    const { a, b } = cases[0]!
    const [one, other] = [pairedEquivalence(a, b, { margin: 1 }), pairedEquivalence(b, a, { margin: 1 })]
    expect(other.p).toBeCloseTo(one.p, 12)
    expect(other.pLower).toBeCloseTo(one.pUpper, 12)
  })

  it('refuses bad lists and margins', () => {
    const margin = 1
    expect(() => pairedEquivalence([1, 2], [1, 3], { margin: 0 })).toThrow('margin is 0')
    expect(() => pairedEquivalence([1, 2], [1, 3], { margin: Infinity })).toThrow('margin is Infinity')
    expect(() => pairedEquivalence([1, 2], [1, 3], { margin, alpha: 0.6 })).toThrow(
      'alpha is 0.6: it must lie below',
    )
    expect(() => pairedEquivalence([1, 2], [1, 2], { margin })).toThrow('the values do not vary')
    expect(() => pairedEquivalence([0.8, 0.3], [0.7, 0.2], { margin })).toThrow('the values do not vary')
    expect(() => pairedEquivalence([1, 2], [1], { margin })).toThrow('a has 2 values and b has 1')
    expect(() => independentEquivalence([1, 1], [2, 2], { margin })).toThrow('the values do not vary')
    expect(() => independentEquivalence([1], [2, 3], { margin })).toThrow('a has 1 value')
    expect(() => independentEquivalence([1, 2], [2, Number.NaN], { margin })).toThrow('b[1] is NaN')
  })
})
