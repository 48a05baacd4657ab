import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import {
  bootstrapInterval,
  mean,
  pairedBootstrapDifference,
  quantile,
  standardDeviation,
} from '../../src/statistics/index.js'

/** Standard normal numbers, the same for the same seed. */
function normals(seed: number, length: number): number[] {
  const random = xoroshiro128plus(seed)
  random.jump()
  const uniform = () => ((random.next() >>> 0) + 0.5) / 2 ** 32
  return Array.from({ length }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()))
}

/** How often `contains` holds over `trials` seeds. */
const frequency = (trials: number, contains: (seed: number) => boolean) =>
  Array.from({ length: trials }, (_, seed) => contains(seed)).filter(Boolean).length / trials

describe('bootstrap intervals', () => {
  it('cover the true mean as often as their level says', () => {
    for (const level of [0.8, 0.95]) {
      const coverage = frequency(600, (seed) => {
        const { low, high } = bootstrapInterval(normals(seed, 60), { level, resamples: 400, seed })
        return low <= 0 && 0 <= high
      })
      // ±3 binomial standard errors, and a little room below: percentile intervals of 60 values are slightly short.
      const error = 3 * Math.sqrt((level * (1 - level)) / 600)
      expect(coverage).toBeGreaterThan(level - error - 0.015)
      expect(coverage).toBeLessThan(level + error)
    }
  })

  it('of a mean approach mean ± 1.96 standard errors', () => {
    const values = normals(3, 10_000)
    const error = standardDeviation(values) / 100
    const { estimate, low, high } = bootstrapInterval(values, { resamples: 2000 })
    expect(estimate).toBe(mean(values))
    expect((estimate - low) / error).toBeCloseTo(1.96, 0)
    expect((high - low) / (2 * error)).toBeGreaterThan(1.85)
    expect((high - low) / (2 * error)).toBeLessThan(2.07)
  })

  it('of two values are the quantiles of the four equally likely resamples', () => {
    // The mean of a resample of {0, 1} is 0, ½, ½ or 1: the 30 % and 70 % quantiles are ½, the 10 % and 90 % ones 0 and 1.
    expect(bootstrapInterval([0, 1], { level: 0.4 })).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 })
    expect(bootstrapInterval([0, 1], { level: 0.8 })).toEqual({ estimate: 0.5, low: 0, high: 1 })
  })

  it('are the same for the same seed and differ between seeds, neighbouring ones included', () => {
    const values = normals(1, 100)
    expect(bootstrapInterval(values, { seed: 5 })).toEqual(bootstrapInterval(values, { seed: 5 }))
    expect(bootstrapInterval(values, { seed: 5 })).not.toEqual(bootstrapInterval(values, { seed: 6 }))
  })

  it('differ between seeds that share their lowest 32 bits, up to the largest seed', () => {
    const values = normals(1, 100)
    const seeds = [1, 2 ** 32 + 1, 2 ** 33 + 1, 2 ** 53 - 1, 2 ** 32 - 1, 0]
    const intervals = seeds.map((seed) => JSON.stringify(bootstrapInterval(values, { seed })))
    expect(new Set(intervals).size).toBe(seeds.length)
  })

  it('of a seed are those that this project has always drawn', () => {
    const values = Array.from({ length: 50 }, (_, i) => Math.sin(i))
    expect(bootstrapInterval(values, { seed: 1 })).toEqual({
      estimate: 0.003265041083919391,
      low: -0.18060243413101829,
      high: 0.1997488181716009,
    })
  })

  it('take any statistic', () => {
    const values = normals(2, 400).map((value) => value + 10)
    const { estimate, low, high } = bootstrapInterval(values, {
      statistic: (sample) => quantile(sample, 0.5),
    })
    expect(estimate).toBe(quantile(values, 0.5))
    expect(low).toBeLessThan(10)
    expect(high).toBeGreaterThan(10)
    expect(high - low).toBeLessThan(0.4) // the median's standard error is 1.253 / √400
  })

  it('of a constant sample have no width', () => {
    expect(bootstrapInterval([0.5, 0.5, 0.5])).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 })
  })

  it('refuse bad samples and options by name', () => {
    expect(() => bootstrapInterval([])).toThrow('values is empty')
    expect(() => bootstrapInterval([1, Number.POSITIVE_INFINITY])).toThrow('values[1] is Infinity')
    expect(() => bootstrapInterval([1], { level: 95 })).toThrow('level is 95')
    expect(() => bootstrapInterval([1], { resamples: 0 })).toThrow('resamples is 0')
    for (const seed of [0.5, -1, 2 ** 53, Number.NaN])
      expect(() => bootstrapInterval([1], { seed })).toThrow(
        `seed is ${seed}: a whole number from 0 to 2⁵³ − 1 is needed`,
      )
  })
})

describe('paired bootstrap differences', () => {
  it('let what the pairs share cancel', () => {
    const shared = normals(4, 200).map((value) => 100 * value)
    const noise = normals(5, 200)
    const a = shared.map((value, i) => value + noise[i]! + 1)
    const { estimate, low, high } = pairedBootstrapDifference(a, shared)
    expect(estimate).toBeCloseTo(1 + mean(noise), 10)
    expect(low).toBeGreaterThan(0.7)
    expect(high).toBeLessThan(1.3)
  })

  it('of means equal the interval of the differences', () => {
    const [a, b] = [normals(6, 50), normals(7, 50)]
    const paired = pairedBootstrapDifference(a, b, { seed: 2 })
    const direct = bootstrapInterval(
      a.map((value, i) => value - b[i]!),
      { seed: 2 },
    )
    expect(paired.low).toBeCloseTo(direct.low, 12)
    expect(paired.high).toBeCloseTo(direct.high, 12)
  })

  it('need pairs', () => {
    expect(() => pairedBootstrapDifference([1, 2], [1])).toThrow('a has 2 values and b has 1')
    expect(() => pairedBootstrapDifference([1], [Number.NaN])).toThrow('b[0] is NaN')
  })
})
