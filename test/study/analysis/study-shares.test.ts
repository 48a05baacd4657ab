import { describe, expect, it } from 'vitest'
import { studyShares } from '../../../src/study/analysis/study-shares.js'
import { fakeCell } from './fake-cells.js'

const compared = {
  measure: 'itemRanking',
  methods: ['deepTaylor', 'sensitivity'],
  networks: ['deep', 'r-lstm'],
}

/** Scores of both networks by both methods, made of what each factor adds. */
const cellsOf = (score: (network: number, method: number, seed: number, sequence: number) => number) =>
  ['deep', 'r-lstm'].flatMap((network, n) =>
    [1, 2].map((seed) => {
      const of = (method: number) => [0, 1, 2, 3].map((sequence) => score(n, method, seed, sequence))
      return fakeCell(network, seed, { deepTaylor: of(0), sensitivity: of(1) })
    }),
  )

describe('the shares of the variance of a study', () => {
  it('add up to 1 and are those that the scores were made of', () => {
    // Each factor of two levels ± x has the variance x²; sequences ±0.4 twice have 0.16, seeds 0.04.
    const cells = cellsOf((n, m, seed, i) => 0.8 * n + 0.4 * m + 0.4 * seed + (i % 2 === 0 ? 0.4 : -0.4))
    const [shares] = studyShares(cells, compared)
    const total = 0.16 + 0.04 + 0.04 + 0.16
    expect(shares!.network).toBeCloseTo(0.16 / total, 6)
    expect(shares!.method).toBeCloseTo(0.04 / total, 6)
    expect(shares!.seed).toBeCloseTo(0.04 / total, 6)
    expect(shares!.sequence).toBeCloseTo(0.16 / total, 6)
    expect(shares!.residual).toBeCloseTo(0, 6)
    expect(shares).toMatchObject({ seeds: 2, sequences: 4, leftOut: 0 })
  })

  it('leave a sequence out that some network or method has no number for, and say so', () => {
    const cells = cellsOf((n, m, seed, i) =>
      n === 1 && m === 1 && seed === 2 && i === 0 ? Number.NaN : n + i,
    )
    expect(studyShares(cells, compared)).toMatchObject([{ sequences: 3, leftOut: 1 }])
  })

  it('are none where fewer than two seeds have all networks and methods', () => {
    const cells = cellsOf((n) => n)
    expect(studyShares(cells.slice(0, 3), compared)).toEqual([])
    expect(studyShares([], compared)).toEqual([])
  })
})
