import { describe, expect, it } from 'vitest'
import { cohensDz, detectableDifference, hedgesG, pairedT, pairedTPower } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

type Case = { measure: 'dz' | 'g'; a: number[]; b: number[]; level: number } & Record<string, number>
const measures = { dz: cohensDz, g: hedgesG }
const cases = fixture<Case[]>('effect-size')
const { power, detectable } = fixture<Record<'power' | 'detectable', Record<string, number>[]>>('power')

describe('effect sizes', () => {
  it.each(cases)('and their intervals agree with SciPy: $measure of $estimate at $level', (wanted) => {
    const { measure, a, b, level, ...numbers } = wanted
    expectAgreement(measures[measure](a, b, { level }), numbers as Record<string, number>)
  })

  it('of pairs exclude 0 where the t test does', () => {
    for (const { a, b } of cases.filter(({ measure }) => measure === 'dz')) {
      const { low, high } = cohensDz(a, b)
      expect(low > 0 || high < 0).toBe(pairedT(a, b).p < 0.05)
    }
  })

  it('of very large effects have an interval', () => {
    const a = Array.from({ length: 50 }, (_, i) => 100 + (i % 7))
    const { estimate, low, high } = cohensDz(a, new Float64Array(50))
    expect(low).toBeGreaterThan(0.7 * estimate)
    expect(high).toBeLessThan(1.3 * estimate)
  })

  it('change their sign with the lists', () => {
    const { a, b } = cases.at(-1)!
    const [one, other] = [hedgesG(a, b), hedgesG(b, a)]
    expectAgreement(other, { estimate: -one.estimate, low: -one.high, high: -one.low })
  })

  it('refuse bad lists', () => {
    expect(() => cohensDz([1, 2], [0, 1])).toThrow('the standard deviation is 0')
    expect(() => cohensDz([0.8, 0.3], [0.7, 0.2])).toThrow('the standard deviation is 0')
    expect(() => cohensDz([1, 1 + 1e-9], [0, 0])).toThrow('an effect has an interval where t is at most 500')
    expect(() => cohensDz([1], [0])).toThrow('there are 1 pairs')
    expect(() => cohensDz([1, 2], [0, 4], { level: 1 })).toThrow('level is 1')
    expect(() => hedgesG([1, 1], [2, 2])).toThrow('the standard deviation is 0')
    expect(() => hedgesG([1], [2, 3])).toThrow('a has 1 value')
    expect(() => hedgesG([1, 2], [2, Number.NaN])).toThrow('b[1] is NaN')
  })
})

describe('the power of a paired t test', () => {
  it.each(power)('agrees with statsmodels: $pairs pairs, $difference, α = $alpha', (wanted) => {
    const { pairs, difference, alpha, power } = wanted as Record<
      'pairs' | 'difference' | 'alpha' | 'power',
      number
    >
    expectAgreement({ power: pairedTPower({ pairs, difference, alpha }) }, { power })
  })

  it.each(detectable)(
    'names the difference that so many pairs find: $pairs, $power, α = $alpha',
    (wanted) => {
      const { pairs, difference, alpha, power } = wanted as Record<
        'pairs' | 'difference' | 'alpha' | 'power',
        number
      >
      const found = detectableDifference({ pairs, alpha, power })
      expectAgreement({ difference: found }, { difference })
      expect(pairedTPower({ pairs, alpha, difference: found })).toBeCloseTo(power, 9)
    },
  )

  it('is that of either sign, and α for none', () => {
    expect(pairedTPower({ pairs: 10, difference: -0.7 })).toBe(pairedTPower({ pairs: 10, difference: 0.7 }))
    expect(pairedTPower({ pairs: 10, difference: 0 })).toBeCloseTo(0.05, 6)
  })

  it('refuses what cannot be planned', () => {
    expect(() => pairedTPower({ pairs: 1, difference: 1 })).toThrow('pairs is 1')
    expect(() => pairedTPower({ pairs: 5, difference: Number.NaN })).toThrow('difference is NaN')
    expect(() => pairedTPower({ pairs: 5, difference: 1, alpha: 1 })).toThrow('alpha is 1')
    expect(() => detectableDifference({ pairs: 5, power: 0.01 })).toThrow(
      'power is 0.01: it must lie above alpha',
    )
    expect(() => detectableDifference({ pairs: 5, power: 1 })).toThrow('power is 1')
    expect(() => detectableDifference({ pairs: 1.5 })).toThrow('pairs is 1.5')
  })
})
