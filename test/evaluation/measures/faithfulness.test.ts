import { describe, expect, it } from 'vitest'
import { drawsFor } from '../../../src/evaluation/draws.js'
import {
  completeness,
  completenessOfEvidence,
  infidelity,
  infidelityBeyondEvenness,
  infidelityOf,
  type Measure,
  robustness,
  sensitivityN,
  sensitivityNOf,
} from '../../../src/evaluation/index.js'
import { relativeChange } from '../../../src/evaluation/relative-change.js'
import { patchesOf } from '../../../src/evaluation/subsets.js'
import { meanOf, probeOf, sequenceOf } from './given.js'

const ROWS = 14
const PIXELS = ROWS * 42
const noise = (seed: number): number[] => {
  const draws = drawsFor(seed, 'test')
  return Array.from({ length: PIXELS }, () => Math.fround(2 * draws() - 1))
}
const weights = noise(5)
/** A linear network, whose right explanation from the background is w (x + 1). */
const linear = (x: ArrayLike<number>) => weights.reduce((sum, w, i) => sum + w * x[i]!, 0.3)
const right = (x: readonly number[]) => x.map((value, i) => weights[i]! * (value + 1))

const scoresOf = (
  measure: Measure,
  x: readonly (readonly number[])[],
  relevance: readonly ArrayLike<number>[],
  probe = probeOf(linear, x),
) =>
  Array.from(measure.scores!({ sequences: relevance.map((map) => sequenceOf(map, [1, 0, 1], ROWS)), probe }))

const x = [noise(1), noise(2)]

describe('sensitivity-n', () => {
  it('is 1 for the contributions to a linear network and for any multiple, and −1 for their reverse', () => {
    for (const factor of [1, 40])
      for (const score of scoresOf(
        sensitivityN,
        x,
        x.map((one) => right(one).map((r) => factor * r)),
      ))
        expect(score).toBeCloseTo(1, 5)
    for (const score of scoresOf(
      sensitivityN,
      x,
      x.map((one) => right(one).map((r) => -r)),
    ))
      expect(score).toBeCloseTo(-1, 5)
  })

  it('is 0 for equal relevance, for none, and where f does not move', () => {
    for (const value of [0, 0.1])
      expect(
        scoresOf(
          sensitivityN,
          x,
          x.map(() => new Float32Array(PIXELS).fill(value)),
        ),
      ).toEqual([0, 0])
    expect(
      scoresOf(
        sensitivityN,
        x,
        x.map(right),
        probeOf(() => 3, x),
      ),
    ).toEqual([0, 0])
  })

  it('averages to 0 over random relevance', () => {
    const many = Array.from({ length: 200 }, () => x[0]!)
    const scores = scoresOf(
      sensitivityN,
      many,
      many.map((_, i) => noise(i + 50)),
      probeOf(linear, many),
    )
    expect(Math.abs(meanOf(scores))).toBeLessThan(4 / Math.sqrt(23 * 200))
  })

  it('has other shares and patches, and refuses those that there are not', () => {
    expect(sensitivityNOf({ share: 0.5, patch: 4 }).id).toBe('sensitivityN50of4')
    expect(() => sensitivityNOf({ share: 1, patch: 4 })).toThrow('share is 1; it must lie between 0 and 1')
    expect(() => sensitivityNOf({ share: 0.5, patch: 1.5 })).toThrow(
      'patch is 1.5; it must be a whole number of at least 1',
    )
    // One patch is the whole sequence: there is no subset, and nothing to compare.
    expect(scoresOf(sensitivityNOf({ share: 0.5, patch: 100 }), x, x.map(right))).toEqual([0, 0])
  })

  it('divides the pixels into squares, smaller at the right and the bottom', () => {
    expect([...patchesOf({ rows: 3, columns: 5 }, 2)]).toEqual([0, 0, 1, 1, 2, 0, 0, 1, 1, 2, 3, 3, 4, 4, 5])
  })
})

describe('infidelity', () => {
  it('is 0 for the contributions to a linear network and any positive multiple, 2 for their reverse, and 1 for equal relevance and for none', () => {
    for (const factor of [1, 0.02])
      for (const score of scoresOf(
        infidelity,
        x,
        x.map((one) => right(one).map((r) => factor * r)),
      ))
        expect(score).toBeCloseTo(0, 5)
    const reverse = x.map((one) => right(one).map((r) => -r))
    for (const score of scoresOf(infidelity, x, reverse)) expect(score).toBeCloseTo(2, 5)
    for (const value of [0, 0.1]) {
      const maps = x.map(() => new Float32Array(PIXELS).fill(value))
      expect(scoresOf(infidelity, x, maps)).toEqual([1, 1])
    }
    expect(
      scoresOf(
        infidelity,
        x,
        x.map(right),
        probeOf(() => 3, x),
      ),
    ).toEqual([1, 1])
  })

  it('does not change when the same is added to every pixel', () => {
    const maps = x.map((_, i) => noise(i + 9))
    const shifted = maps.map((map) => map.map((r) => r + 0.5))
    const [scores, others] = [maps, shifted].map((relevance) => scoresOf(infidelity, x, relevance))
    for (const [row, score] of scores!.entries()) expect(others![row]).toBeCloseTo(score, 5)
  })

  it('averages to 1 over random relevance', () => {
    const many = Array.from({ length: 300 }, () => x[0]!)
    const scores = scoresOf(
      infidelity,
      many,
      many.map((_, i) => noise(i + 50)),
      probeOf(linear, many),
    )
    const error = Math.sqrt(meanOf(scores.map((score) => (score - 1) ** 2)) / scores.length)
    expect(Math.abs(meanOf(scores) - 1)).toBeLessThan(4 * error)
  })

  it('is the least squared error over all scales and even shares, by that without the relevance', () => {
    const [a, d, u] = [
      [1, 3, 2, 5],
      [2, 4, 1, 9],
      [1, 2, 2, 3],
    ].map((list) => Float64Array.from(list)) as [Float64Array, Float64Array, Float64Array]
    const error = (beta: number, gamma: number) =>
      infidelityOf(
        a.map((value, i) => beta * value + gamma * u[i]!),
        d,
      )
    let [least, even] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let gamma = -6; gamma <= 6; gamma += 0.01) {
      even = Math.min(even, error(0, gamma))
      for (let beta = 0; beta <= 6; beta += 0.01) least = Math.min(least, error(beta, gamma))
    }
    expect(infidelityBeyondEvenness(a, d, u)).toBeCloseTo(least / even, 3)
    expect(
      infidelityBeyondEvenness(
        a.map((value) => -value),
        d,
        u,
      ),
    ).toBeCloseTo(2 - least / even, 3)
    expect(infidelityOf([1, 2], [1, 4])).toBe(2)
  })
})

describe('completeness', () => {
  const [blank, f] = [linear(new Float32Array(PIXELS).fill(-1)), x.map(linear)]
  /** Relevance of one pixel that adds up to a number. */
  const adding = (sum: number) => Float32Array.from({ length: PIXELS }, (_, i) => (i === 3 ? sum : 0))

  it('is 0 for what adds up to f(x) − f(x₀), and conservation for what adds up to f(x)', () => {
    const probe = probeOf(linear, x)
    for (const score of scoresOf(completeness, x, x.map(right), probe)) expect(score).toBeLessThan(1e-5)
    expect(probe.asked.evidence).toBe(1)
    for (const score of scoresOf(completenessOfEvidence, x, f.map(adding))) expect(score).toBeLessThan(1e-6)
  })

  it('is the relative error, 1 for no relevance and 2 for the opposite sign', () => {
    for (const [measure, wanted] of [
      [completeness, f.map((one) => one - blank)],
      [completenessOfEvidence, f],
    ] as const)
      for (const [factor, error] of [
        [0.75, 0.25],
        [2, 0.5],
        [0, 1],
        [-1, 2],
        [-0.5, 1.5],
      ] as const)
        for (const score of scoresOf(
          measure,
          x,
          wanted.map((one) => adding(factor * one)),
        ))
          expect(score).toBeCloseTo(error, 5)
  })

  it('is 0 where there is nothing to explain and nothing explained', () => {
    const probe = probeOf(() => 0, x)
    for (const measure of [completeness, completenessOfEvidence]) {
      expect(
        scoresOf(
          measure,
          x,
          x.map(() => adding(0)),
          probe,
        ),
      ).toEqual([0, 0])
      expect(
        scoresOf(
          measure,
          x,
          x.map(() => adding(1e-20)),
          probe,
        ),
      ).toEqual([1, 1])
    }
  })
})

describe('robustness', () => {
  const explained = (explain: (x: Float32Array) => Float32Array, seeds = [0, 1], given = x) => {
    const probe = probeOf(linear, given, { explain, seeds })
    const size = given.length * PIXELS
    const maps = explain(Float32Array.from(given.flat()))
    expect(maps).toHaveLength(size)
    const relevance = given.map((_, row) => maps.subarray(row * PIXELS, (row + 1) * PIXELS))
    return { scores: scoresOf(robustness, given, relevance, probe), probe }
  }

  it('is 0 for relevance that does not look, and near 0.02 / √3 by the length of x where relevance is x', () => {
    expect(explained((values) => values.map(() => 4)).scores).toEqual([0, 0])
    expect(explained((values) => values.map(() => 0)).scores).toEqual([0, 0])
    const { scores, probe } = explained((values) => values.slice())
    for (const [row, score] of scores.entries()) {
      const expected = (0.02 / Math.sqrt(3)) * (Math.sqrt(PIXELS) / Math.hypot(...x[row]!))
      expect(score / expected).toBeGreaterThan(0.9)
      expect(score / expected).toBeLessThan(1.1)
    }
    expect(probe.asked).toEqual({ evidence: 0, explain: 3 })
  })

  it('keeps noisy pixels in the range, and does not depend on the place in a batch', () => {
    const extreme = x.map((one) => one.map(Math.sign))
    const together = explained((values) => values.map((value) => value ** 3), [0, 1], extreme).scores
    const alone = explained((values) => values.map((value) => value ** 3), [1], [extreme[1]!]).scores
    expect(alone[0]).toBe(together[1])
    expect(alone[0]).not.toBe(together[0])
  })

  it('is the distance by the longer of two maps: 1 against a map of zeros, 2 for the opposite', () => {
    const [a, zeros] = [Float32Array.of(3, -4), new Float32Array(2)]
    expect(
      relativeChange(
        a,
        a.map((value) => -value),
      ),
    ).toBe(2)
    expect([relativeChange(a, zeros), relativeChange(zeros, a), relativeChange(zeros, zeros)]).toEqual([
      1, 1, 0,
    ])
    expect(relativeChange(a, Float32Array.of(3, 0))).toBeCloseTo(0.8, 12)
  })
})
