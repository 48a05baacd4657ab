import { describe, expect, it } from 'vitest'
import { tTails } from '../../src/statistics/distributions.js'
import { anova, gamesHowell, holm, tukeyHsd } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

type Numbers = Record<string, number>
interface Case {
  groups: Record<string, number[]>
  level?: number
  comparisons: ({ a: string; b: string; statsmodels?: Numbers } & Numbers)[]
}
const tukey = fixture<Case[]>('tukey')
const howell = fixture<Case[]>('games-howell')
const two = { x: [1, 2, 4], y: [2, 5, 9] }

describe('Tukey HSD', () => {
  it.each(tukey)('agrees with SciPy and statsmodels at $level', ({ groups, level, comparisons }) => {
    const found = tukeyHsd(groups, { level: level! })
    expect(found).toHaveLength(comparisons.length)
    for (const [i, { a, b, statsmodels, ...wanted }] of comparisons.entries()) {
      expect(found[i]).toMatchObject({ a, b })
      expectAgreement(found[i]!, wanted)
      expectAgreement(found[i]!, statsmodels ?? {})
    }
  })

  it('of two groups is the t test', () => {
    const { q, df, p } = tukeyHsd(two)[0]!
    expect(p).toBeCloseTo(tTails(q / Math.SQRT2, df), 6)
    expect(p).toBeCloseTo(anova([1, 2, 4, 2, 5, 9], { factors: { g: [...'xxxyyy'] } }).terms[0]!.p, 6)
  })

  it('takes the residual of an analysis with blocks', () => {
    const { residual } = anova([1, 2, 4, 2, 5, 9], {
      factors: { g: [...'xxxyyy'] },
      block: [1, 2, 3, 1, 2, 3],
    })
    const [found] = tukeyHsd(two, { residual })
    expect(found!.df).toBe(2)
    expect(found!.q).toBeCloseTo(3 / Math.sqrt(residual.meanSquare / 3), 12)
  })

  it('refuses bad groups and options', () => {
    expect(() => tukeyHsd({ x: [1, 2] })).toThrow('there are 1 groups: at least two are needed')
    expect(() => tukeyHsd({ x: [1, 2], y: [1] })).toThrow('y has 1 value: at least two are needed')
    expect(() => tukeyHsd({ x: [1, 2], y: [1, Number.NaN] })).toThrow('y[1] is NaN')
    expect(() => tukeyHsd({ x: [0.1, 0.1, 0.1], y: [0.7, 0.7, 0.7] })).toThrow(
      'the mean square within groups is 0',
    )
    expect(() => tukeyHsd({ x: [1, 1], y: [2, 2] })).toThrow('the mean square within groups is 0')
    expect(() => tukeyHsd(two, { level: 1 })).toThrow('level is 1')
    expect(() => tukeyHsd(two, { residual: { meanSquare: 1, df: 0 } })).toThrow('residual.df is 0')
  })
})

describe('Games–Howell', () => {
  it.each(howell)('agrees with Pingouin, and its intervals with statsmodels', ({ groups, comparisons }) => {
    const found = gamesHowell(groups)
    expect(found).toHaveLength(comparisons.length)
    for (const [i, { a, b, ...wanted }] of comparisons.entries()) {
      expect(found[i]).toMatchObject({ a, b })
      expectAgreement(found[i]!, wanted)
    }
  })

  it('refuses bad groups', () => {
    expect(() => gamesHowell({ x: [1, 1], y: [2, 2] })).toThrow('x and y do not vary: one of them has to')
    expect(() => gamesHowell({ x: [1, 2], y: [] })).toThrow('y is empty')
    expect(() => gamesHowell(two, { level: -1 })).toThrow('level is -1')
  })
})

describe('Holm', () => {
  it.each(fixture<{ p: number[]; adjusted: number[] }[]>('holm'))(
    'agrees with statsmodels: $p',
    ({ p, adjusted }) => {
      expectAgreement(holm(p), Object.fromEntries(adjusted.entries()))
    },
  )

  it('refuses what is no p value', () => {
    expect(() => holm([])).toThrow('p is empty')
    expect(() => holm([0.1, 1.1])).toThrow('p[1] is 1.1: it must lie between 0 and 1')
    expect(() => holm([Number.NaN])).toThrow('p[0] is NaN')
  })
})
