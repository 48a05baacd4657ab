import { describe, expect, it } from 'vitest'
import {
  fTail,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
  tTails,
} from '../../src/statistics/distributions.js'
import { noncentralityAt, noncentralTCdf } from '../../src/statistics/noncentral-t.js'
import { rootAround, rootBetween } from '../../src/statistics/root.js'
import { meanOverScale } from '../../src/statistics/scale-mixture.js'
import { studentisedRangeCdf, studentisedRangeQuantile } from '../../src/statistics/studentised-range.js'
import { expectAgreement, fixture } from './fixture.js'

const tables = fixture<Record<string, number[][]>>('distributions')

describe('distributions', () => {
  const known: [string, (...of: number[]) => number][] = [
    ['normal', normalCdf],
    ['normalQuantile', normalQuantile],
    ['t', tTails],
    ['tQuantile', tQuantile],
    ['f', fTail],
    ['noncentralT', noncentralTCdf],
    ['studentisedRange', studentisedRangeCdf],
    ['studentisedRangeQuantile', studentisedRangeQuantile],
  ]
  it.each(known)('agree with SciPy: %s', (name, distribution) => {
    expect(tables[name]!.length).toBeGreaterThan(8)
    for (const row of tables[name]!)
      expectAgreement(
        { [String(row.slice(0, -1))]: distribution(...row.slice(0, -1)) },
        { [String(row.slice(0, -1))]: row.at(-1)! },
      )
  })

  it('of two means, the studentised range is √2 times the size of t', () => {
    for (const [t, df] of [
      [0.5, 1],
      [2, 4.5],
      [3, 40],
      [2.5, 1e6],
    ] as const)
      expect(1 - studentisedRangeCdf(t * Math.SQRT2, 2, df)).toBeCloseTo(tTails(t, df), 6)
  })

  it('without noncentrality, the noncentral t is t', () => {
    for (const [t, df] of [
      [-3, 1],
      [0, 2],
      [1.7, 12],
      [1.96, 1e6],
    ] as const)
      expect(noncentralTCdf(t, df, 0)).toBeCloseTo(tCdf(t, df), 6)
  })

  it('are inverted: the noncentrality at a probability has that probability', () => {
    for (const probability of [0.001, 0.5, 0.975])
      expect(noncentralTCdf(3, 7, noncentralityAt(3, 7, probability))).toBeCloseTo(probability, 10)
  })

  it('with very many degrees of freedom, t is normal', () => {
    expect(tQuantile(0.975, 1e9)).toBeCloseTo(1.959963984540054, 8)
  })

  it('the mean over an estimated variance of its square is 1', () => {
    for (const df of [1, 2.5, 30, 1e5]) expect(meanOverScale(df, 0, (s) => s * s)).toBeCloseTo(1, 10)
  })

  it('refuse what they are not defined for', () => {
    expect(() => normalQuantile(0)).toThrow('probability is 0: it must lie between 1e-9 and 1 − 1e-9')
    expect(() => tTails(1, 0)).toThrow('df is 0: degrees of freedom are finite and above 0')
    expect(() => tQuantile(1, 3)).toThrow('probability is 1: it must lie between 0 and 1')
    expect(() => fTail(1, 2, Number.NaN)).toThrow('dfResidual is NaN')
    expect(() => noncentralTCdf(1, 3, Number.POSITIVE_INFINITY)).toThrow(
      'noncentrality is Infinity: it must lie between −2000 and 2000',
    )
    expect(() => studentisedRangeCdf(-1, 3, 4)).toThrow('q is -1: a range is at least 0')
    expect(() => studentisedRangeCdf(1, 1, 4)).toThrow('groups is 1: a whole number from 2 to 200 is needed')
    expect(() => studentisedRangeCdf(1, 3, 0.5)).toThrow('df is 0.5: at least 1 is needed')
    expect(() => studentisedRangeQuantile(1, 3, 5)).toThrow('probability is 1')
  })
})

describe('roots', () => {
  it('are found between signs and around a place', () => {
    expect(rootBetween(0, 2, (x) => x * x - 2)).toBeCloseTo(Math.SQRT2, 11)
    expect(rootBetween(-1, 5, (x) => Math.expm1(x))).toBeCloseTo(0, 11)
    expect(rootBetween(1, 2, (x) => x - 1)).toBe(1)
    expect(rootAround(0, 1, (x) => 1000 - x)).toBeCloseTo(1000, 8)
  })

  it('are refused where signs are the same', () => {
    expect(() => rootBetween(1, 2, (x) => x)).toThrow('no root lies between 1 and 2')
  })
})
