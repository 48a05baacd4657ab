import { describe, expect, it } from 'vitest'
import { anova, factorShares, varianceShares } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

interface Case {
  values: number[]
  factors: Record<string, string[]>
  block?: number[]
  terms: ({ term: string } & Record<string, number>)[]
  residual: { sumOfSquares: number; df: number }
}
const cases = fixture<Case[]>('anova')
const titled = cases.map(
  (wanted) =>
    [Object.keys(wanted.factors).join(' × ') + (wanted.block ? ' with a block' : ''), wanted] as const,
)
const two = cases[2]!

describe('the analysis of variance', () => {
  it.each(titled)('agrees with statsmodels: %s', (_, { values, factors, block, terms, residual }) => {
    const found = anova(values, { factors, ...(block && { block }) })
    const all = [...found.terms, ...(found.block ? [found.block] : [])]
    expect(all.map(({ term }) => term).toSorted()).toEqual(terms.map(({ term }) => term).toSorted())
    for (const { term, ...numbers } of terms) expectAgreement(all.find((row) => row.term === term)!, numbers)
    expectAgreement(found.residual, residual)
  })

  it.each(titled)('splits the sum of squares without rest: %s', (_, { values, factors, block }) => {
    const found = anova(values, { factors, ...(block && { block }) })
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length
    const total = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
    const parts = [...found.terms, ...(found.block ? [found.block] : []), found.residual]
    expect(parts.reduce((sum, { sumOfSquares }) => sum + sumOfSquares, 0)).toBeCloseTo(total, 10)
    expect(parts.reduce((sum, { df }) => sum + df, 0)).toBe(values.length - 1)
    expect(found.residuals.reduce((sum, rest) => sum + rest * rest, 0)).toBe(found.residual.sumOfSquares)
  })

  it('does not depend on the order of values', () => {
    const order = two.values.map((_, i) => (i * 7) % two.values.length)
    const factors = Object.fromEntries(
      Object.entries(two.factors).map(([name, labels]) => [name, order.map((i) => labels[i]!)]),
    )
    const shuffled = anova(
      order.map((i) => two.values[i]!),
      { factors },
    )
    for (const [t, term] of anova(two.values, { factors: two.factors }).terms.entries())
      expect(shuffled.terms[t]!.f).toBeCloseTo(term.f, 10)
  })

  it('tells factors whose names are whole numbers from the block', () => {
    const { values, factors, block } = cases[3]!
    const [network, method] = Object.values(factors) as [string[], string[]]
    const found = anova(values, { factors: { 7: network, 3: method }, block: block! })
    const wanted = anova(values, { factors, block: block! })
    expect(found.block!.sumOfSquares).toBeCloseTo(wanted.block!.sumOfSquares, 10)
    expect(found.terms.map(({ term }) => term)).toEqual(['3', '7', '3 × 7'])
  })

  it('has an infinite F where nothing is left of values that differ, and none where all are alike', () => {
    const design = { factors: { network: ['a', 'a', 'b', 'b'] } }
    expect(anova([1, 1, 2, 2], design).terms[0]).toMatchObject({ f: Infinity, p: 0, partialOmegaSquared: 1 })
    expect(anova([1, 1, 1, 1], design).terms[0]!.p).toBeNaN()
    expect(anova([0.1, 0.1, 0.1, 0.1], design).terms[0]!.p).toBeNaN()
    expect(anova([0.1, 0.1, 0.7, 0.7], design).terms[0]!.p).toBe(0)
  })

  it('refuses what it is not for, and names the cell that is not balanced', () => {
    const network = ['a', 'a', 'b', 'b']
    const method = ['x', 'y', 'x', 'y']
    expect(() => anova([1, 2, 3], { factors: { network: ['a', 'a', 'b'] } })).toThrow(
      'the cell network = b has 1 of the 2 values that another has: all cells need equally many',
    )
    expect(() =>
      anova([1, 2, 3], { factors: { network: ['a', 'b', 'b'], method: ['x', 'x', 'y'] } }),
    ).toThrow('the cell network = a, method = y has 0 of the 1 values that another has')
    expect(() => anova([1, 2, 3, 4], { factors: { network, method } })).toThrow(
      'no degrees of freedom are left',
    )
    expect(() => anova([1, 2], { factors: { network } })).toThrow(
      'network has 4 levels and there are 2 values',
    )
    expect(() => anova([1, 2], { factors: { network: ['a', 'a'] } })).toThrow('network has only the level a')
    expect(() => anova([1, 2, 3, Number.NaN], { factors: { network } })).toThrow('values[3] is NaN')
    expect(() => anova([1], { factors: {} })).toThrow('there are 0 factors: one to three are needed')
    expect(() => anova([1, 2, 3, 4], { factors: { block: network }, block: method })).toThrow('called block')
  })
})

describe('shares of factors', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6]
  const seed = [0, 0, 0, 0, 1, 1, 1, 1]
  const method = ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd']

  it('of two factors are the variance shares of groups and units', () => {
    const { group, unit, residual } = varianceShares([values.slice(0, 4), values.slice(4)])
    const found = factorShares(values, { seed, method })
    expectAgreement(found, { seed: group, method: unit, residual })
  })

  it('of four factors are sums of squares of statsmodels by their total', () => {
    const { values, factors, block, terms, residual } = cases[5]!
    const total = [...terms, residual].reduce((sum, { sumOfSquares }) => sum + sumOfSquares!, 0)
    const found = factorShares(values, { ...factors, seed: block! })
    for (const { term, sumOfSquares } of terms)
      if (!term.includes('×'))
        expectAgreement(found, { [term === 'block' ? 'seed' : term]: sumOfSquares! / total })
    expect(Object.values(found).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('are NaN where all values are alike', () => {
    expect(factorShares([0.1, 0.1, 0.1], { seed: [1, 2, 3] })).toEqual({
      seed: Number.NaN,
      residual: Number.NaN,
    })
  })

  it('refuse a factor called residual and layouts with gaps', () => {
    expect(() => factorShares(values, { residual: seed })).toThrow('a factor is called residual')
    expect(() => factorShares([1, 2, 3], { seed: [0, 0, 1] })).toThrow(
      'the cell seed = 1 has 1 of the 2 values',
    )
    expect(() => factorShares([1], {})).toThrow('there is no factor: at least one is needed')
  })
})
