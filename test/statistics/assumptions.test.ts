import { describe, expect, it } from 'vitest'
import { assumptionsOf, leveneTest, shapiroWilk } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

interface Cases {
  shapiroWilk: { values: number[]; w: number; p: number }[]
  levene: { groups: Record<string, number[]>; centre: 'median' | 'mean'; f: number; p: number }[]
}
const cases = fixture<Cases>('assumptions')

describe('Shapiro and Wilk’s test', () => {
  it.each(cases.shapiroWilk)('agrees with SciPy: W = $w', ({ values, w, p }) => {
    expectAgreement(shapiroWilk(values), { w, p })
  })

  it('does not depend on order, place and scale', () => {
    const { values } = cases.shapiroWilk[5]!
    const { w } = shapiroWilk(values)
    expect(shapiroWilk(values.toReversed().map((value) => 1000 - 3 * value)).w).toBeCloseTo(w, 10)
  })

  it('refuses what it is not for', () => {
    expect(() => shapiroWilk([1, 2])).toThrow('values has 2 values: 3 to 5000 are needed')
    expect(() => shapiroWilk(new Float64Array(5001))).toThrow('values has 5001 values')
    expect(() => shapiroWilk([1, 1, 1])).toThrow('all values are 1: they have to vary')
    expect(() => shapiroWilk([1, 2, Number.NaN])).toThrow('values[2] is NaN')
  })
})

describe('the tests of equal variances', () => {
  it.each(cases.levene)('agree with SciPy: by the $centre, F = $f', ({ groups, centre, f, p }) => {
    expectAgreement(leveneTest(groups, { centre }), { f, p })
  })

  it('refuse bad groups', () => {
    expect(() => leveneTest({ x: [1, 2] })).toThrow('there are 1 groups')
    expect(() => leveneTest({ x: [1, 2], y: [3] })).toThrow('y has 1 value')
    expect(() => leveneTest({ x: [0.1, 0.4], y: [0.3, 0.3] }, { centre: 'mean' })).toThrow('within any group')
    expect(() => leveneTest({ x: [1, 2], y: [3, 3] })).toThrow('do not differ within any group')
  })
})

describe('assumptions', () => {
  const normal = cases.shapiroWilk[7]!.values
  const skewed = cases.shapiroWilk[6]!.values

  it('are told in sentences: which are rejected, by which numbers', () => {
    const { lines, normality, variances } = assumptionsOf({
      lrp: normal,
      gradient: skewed.map((v) => 20 * v),
    })
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(
      /^lrp: normality is not rejected \(Shapiro–Wilk W = 0\.\d+, p = 0\.\d+, n = 200\)$/,
    )
    expect(lines[1]).toMatch(/^gradient: normality is rejected/)
    expect(lines[2]).toMatch(/^equality of variances is rejected \(Brown–Forsythe F\(1, 228\) = /)
    expect(normality.lrp).toEqual(shapiroWilk(normal))
    expect(variances!.df).toBe(1)
  })

  it('that cannot be tested say so and why', () => {
    const { lines, normality, variances } = assumptionsOf({ lrp: [1, 1, 1], gradient: [1, 2] })
    expect(lines).toEqual([
      'lrp: normality is not tested: all values are 1: they have to vary',
      'gradient: normality is not tested: values has 2 values: 3 to 5000 are needed',
      'equal variances are not tested: the distances from the centres do not differ within any group: some have to',
    ])
    expect([normality.lrp, normality.gradient, variances]).toEqual([undefined, undefined, undefined])
  })

  it('of one group have no variances to compare', () => {
    expect(assumptionsOf({ differences: normal }).lines).toHaveLength(1)
  })

  it('refuse values that are not finite, and no groups', () => {
    expect(() => assumptionsOf({ x: [1, 2, Number.NaN] })).toThrow('x[2] is NaN')
    expect(() => assumptionsOf({})).toThrow('there are no groups')
    expect(() => assumptionsOf({ x: normal }, { alpha: 0 })).toThrow('alpha is 0')
  })
})
