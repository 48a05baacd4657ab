import { describe, expect, it } from 'vitest'
import { seedPairs } from '../../../src/study/analysis/seed-pairs.js'
import type { StudyRow } from '../../../src/study/study-table.js'

const row = (network: string, seed: number, mean: number | null, more: Partial<StudyRow> = {}): StudyRow =>
  ({
    ...{ dataset: 'mnist-maj', network, variant: 'own', items: 3, fold: null, method: 'deepTaylor' },
    ...{ measure: 'itemRanking', chance: 0.5, seed, mean },
    ...more,
  }) as StudyRow

const values = {
  shallow: [0.49, 0.5, 0.51, 0.5, 0.48, 0.5],
  deep: [0.53, 0.55, 0.52, 0.53, 0.56, 0.5],
  'r-lstm': [0.96, 0.97, 0.95, 0.98, 0.97, 0.96],
}
const networks = Object.keys(values)
const rows = Object.entries(values).flatMap(([network, means]) =>
  means.map((mean, s) => row(network, s + 1, mean)),
)
const how = { measure: 'itemRanking', methods: ['deepTaylor'], networks }

describe('pairs of networks seed by seed', () => {
  it('are every pair once, with the mean difference of the second less the first', () => {
    const pairs = seedPairs(rows, how)
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      ['shallow', 'deep'],
      ['shallow', 'r-lstm'],
      ['deep', 'r-lstm'],
    ])
    expect(pairs[0]!.difference.estimate).toBeCloseTo(0.035, 12)
    expect(pairs[0]).toMatchObject({ seeds: 6, sameSign: 5, dataset: 'mnist-maj', method: 'deepTaylor' })
  })

  it('adjusts by Holm what takes one pair at a time: six flips of one sign are 2 / 2⁶, times the pairs that are left', () => {
    const [shallowDeep, shallowLstm, deepLstm] = seedPairs(rows, how)
    expect(shallowLstm!.permutation).toBeCloseTo((3 * 2) / 64, 12)
    expect(deepLstm!.permutation).toBeCloseTo((3 * 2) / 64, 12)
    expect(shallowLstm!.wilcoxon).toBeLessThanOrEqual(0.1)
    expect(shallowDeep!.t).toBeGreaterThan(shallowLstm!.t)
  })

  it('finds by every test that R-LSTM differs from Shallow, with an effect whose interval excludes 0', () => {
    const pair = seedPairs(rows, how)[1]!
    for (const p of [pair.t, pair.tukey, pair.gamesHowell]) expect(p).toBeLessThan(0.001)
    expect(pair.effect!.low).toBeGreaterThan(1)
  })

  it('takes the seeds that all networks have, and says nothing of fewer than three or of a missing network', () => {
    const without = rows.filter(({ network, seed }) => !(network === 'deep' && seed > 4))
    expect(seedPairs(without, how).map(({ seeds }) => seeds)).toEqual([4, 4, 4])
    expect(
      seedPairs(
        rows.filter(({ seed }) => seed < 3),
        how,
      ),
    ).toEqual([])
    expect(seedPairs(rows, { ...how, networks: [...networks, 'convdeep'] })).toEqual([])
  })
})
