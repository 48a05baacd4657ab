import { describe, expect, it } from 'vitest'
import { bcaInterval, bcaOf, bootstrapInterval, standardDeviation } from '../../src/statistics/index.js'
import { expectAgreement, fixture } from './fixture.js'

interface Case {
  values: number[]
  statistic: string
  level: number
  estimate: number
  replicates: number[]
  jackknife: number[]
  low: number
  high: number
}
const cases = fixture<Case[]>('bca')
const skewed = cases[0]!.values

describe('BCa intervals', () => {
  it.each(cases)('of the same resamples agree with SciPy: $statistic at $level', (wanted) => {
    const { low, high } = wanted
    expectAgreement(bcaOf(wanted), { low, high })
  })

  it.each(cases)('of resamples of their own are close to those of SciPy: $statistic at $level', (wanted) => {
    const { values, level } = wanted
    const statistic = wanted.statistic === 'mean' ? {} : { statistic: standardDeviation }
    const found = bcaInterval(values, { level, resamples: 20_000, ...statistic })
    expect(found.estimate).toBeCloseTo(wanted.estimate, 12)
    const width = wanted.high - wanted.low
    expect(Math.abs(found.low - wanted.low)).toBeLessThan(0.1 * width)
    expect(Math.abs(found.high - wanted.high)).toBeLessThan(0.1 * width)
  })

  it('of a mean lie further out on the long side than percentile intervals', () => {
    const [bca, percentile] = [bcaInterval(skewed), bootstrapInterval(skewed)]
    expect(bca.acceleration).toBeGreaterThan(0)
    expect(bca.high).toBeGreaterThan(percentile.high)
    expect(bca.low).toBeGreaterThan(percentile.low)
  })

  it('of a constant sample have no width', () => {
    expect(bcaInterval([2, 2, 2])).toEqual({ estimate: 2, low: 2, high: 2, bias: 0, acceleration: 0 })
  })

  it('are the same for the same seed', () => {
    expect(bcaInterval(skewed, { seed: 3 })).toEqual(bcaInterval(skewed, { seed: 3 }))
    expect(bcaInterval(skewed, { seed: 3 })).not.toEqual(bcaInterval(skewed, { seed: 4 }))
  })

  it('refuse bad samples and options by name', () => {
    expect(() => bcaInterval([])).toThrow('values is empty')
    expect(() => bcaInterval([1])).toThrow('values has 1 value: at least two are needed')
    expect(() => bcaInterval([1, Number.NaN])).toThrow('values[1] is NaN')
    expect(() => bcaInterval([1, 2], { level: 2 })).toThrow('level is 2')
    const parts = { estimate: 5, replicates: [1, 2], jackknife: [1, 2] }
    expect(() => bcaOf(parts)).toThrow('all 2 replicates lie below the estimate 5')
    expect(() => bcaOf({ ...parts, estimate: 0 })).toThrow('all 2 replicates lie above the estimate 0')
    expect(() => bcaOf({ ...parts, estimate: Number.NaN })).toThrow('estimate[0] is NaN')
    expect(() => bcaOf({ ...parts, estimate: 1.5, level: 0 })).toThrow('level is 0')
  })
})
