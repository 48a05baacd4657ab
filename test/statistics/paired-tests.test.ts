import { describe, expect, it } from 'vitest'
import { pairedPermutation, pairedT, wilcoxonSignedRank } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

interface Pairs {
  a: number[]
  b: number[]
}
type PairedT = Pairs & {
  level: number
  estimate: number
  low: number
  high: number
  t: number
  df: number
  p: number
}
type Permutation = Pairs & { estimate: number; p: number }
type Wilcoxon = Pairs & { method: string; statistic: number; p: number; zeros: number }

describe('the paired t test', () => {
  it.each(fixture<PairedT[]>('paired-t'))(
    'agrees with SciPy: $df df at $level',
    ({ a, b, level, ...wanted }) => {
      expectAgreement(pairedT(a, b, { level }), wanted)
    },
  )

  it('of equal differences finds that they have no error', () => {
    expect(pairedT([2, 3], [1, 2])).toEqual({ estimate: 1, low: 1, high: 1, t: Infinity, df: 1, p: 0 })
    expect(pairedT([0.8, 0.3], [0.7, 0.2]).p).toBe(0)
    expect(pairedT([2, 3], [2, 3]).p).toBeNaN()
  })

  it('refuses bad pairs', () => {
    expect(() => pairedT([1], [2])).toThrow('there are 1 pairs: at least 2 are needed')
    expect(() => pairedT([1, 2], [2])).toThrow('a has 2 values and b has 1')
    expect(() => pairedT([1, Number.NaN], [2, 3])).toThrow('a[1] is NaN')
    expect(() => pairedT([1, 2], [2, 4], { level: 0 })).toThrow('level is 0')
  })
})

describe('the paired permutation test', () => {
  it.each(fixture<Permutation[]>('paired-permutation'))(
    'agrees with SciPy where it is exact: p = $p',
    (wanted) => {
      const { a, b, estimate, p } = wanted
      const found = pairedPermutation(a, b)
      expectAgreement(found, { estimate, p })
      expect(found).toMatchObject({ method: 'exact', flips: 2 ** a.length })
    },
  )

  it('draws flips beyond 20 pairs, says so, and comes close to the t test for normal differences', () => {
    const { a, b } = fixture<PairedT[]>('paired-t').find(({ a }) => a.length === 50)!
    const scaled = a.map((value) => value - 0.2)
    const found = pairedPermutation(scaled, b, { seed: 2 })
    expect(found).toMatchObject({ method: 'Monte Carlo', flips: 100_001 })
    expect(found.p).toBeCloseTo(pairedT(scaled, b).p, 1)
    expect(pairedPermutation(scaled, b, { seed: 2 })).toEqual(found)
  })

  it('with drawn flips is never 0', () => {
    const a = Array.from({ length: 30 }, (_, i) => 1 + i / 100)
    expect(pairedPermutation(a, new Float64Array(30), { resamples: 99 }).p).toBe(0.01)
  })

  it('of all 20 pairs on one side is 2 of 2²⁰, however rounding falls', () => {
    expect(pairedPermutation(new Array(20).fill(0.1), new Array(20).fill(0)).p).toBe(2 / 2 ** 20)
  })

  it('of equal lists is 1', () => {
    expect(pairedPermutation([1, 2], [1, 2]).p).toBe(1)
  })

  it('refuses bad pairs and options', () => {
    expect(() => pairedPermutation([], [])).toThrow('a is empty')
    expect(() => pairedPermutation([1], [2, 3])).toThrow('a has 1 values and b has 2')
    expect(() => pairedPermutation([1], [2], { resamples: 0 })).toThrow('resamples is 0')
    expect(() => pairedPermutation([1], [2], { seed: 0.5 })).toThrow('seed is 0.5')
  })
})

describe('Wilcoxon’s signed-rank test', () => {
  it.each(fixture<Wilcoxon[]>('wilcoxon'))('agrees with SciPy: $method, $zeros zeros, p = $p', (wanted) => {
    const { a, b, method, statistic, p, zeros } = wanted
    const found = wilcoxonSignedRank(a, b)
    expectAgreement({ ...found, statistic: Math.min(found.positive, found.negative) }, { statistic, p })
    expect(found).toMatchObject({ method, zeros, ranked: a.length - zeros })
  })

  it('takes differences that differ by rounding for ties and zeros', () => {
    const found = wilcoxonSignedRank([0.8, 0.3, 0.6, 0.1 + 0.2], [0.7, 0.2, 0.1, 0.3])
    expect(found).toMatchObject({ zeros: 1, ties: 2, ranked: 3, method: 'normal' })
  })

  it('counts zeros and ties, and takes the normal distribution for them', () => {
    const found = wilcoxonSignedRank([1, 2, 3, 5], [1, 1, 2, 9])
    expect(found).toMatchObject({ zeros: 1, ties: 2, ranked: 3, method: 'normal', positive: 3, negative: 3 })
    expect(found.rankBiserial).toBe(0)
  })

  it('of n differences on one side is 2 of 2ⁿ', () => {
    expect(wilcoxonSignedRank([1, 2, 3, 4, 5], [0, 0, 0, 0, 0])).toMatchObject({ p: 2 / 32, rankBiserial: 1 })
  })

  it('refuses bad pairs', () => {
    expect(() => wilcoxonSignedRank([1, 2], [1, 2])).toThrow('all 2 differences are 0')
    expect(() => wilcoxonSignedRank([1, 2], [1])).toThrow('a has 2 values and b has 1')
    expect(() => wilcoxonSignedRank([], [])).toThrow('a is empty')
  })
})
