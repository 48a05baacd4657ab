import { describe, expect, it } from 'vitest'
import { positionAnova, positionRows, positionSummary } from '../../../src/study/analysis/position.js'
import { fakeCell } from './fake-cells.js'

const how = { measure: 'itemRanking', methods: ['deepTaylor'] }
// Sequences are 110, 101, 011 and again: Deep forgets what comes first, R-LSTM does not.
const cells = [1, 2, 3].flatMap((seed) => [
  fakeCell('deep', seed, { deepTaylor: [0.2, 0.5, 0.8, 0.4, 0.5, 0.8 + seed / 100] }),
  fakeCell('r-lstm', seed, { deepTaylor: [0.9, 0.9, 0.9, 0.9, Number.NaN, 0.9 + seed / 100] }),
])

describe('scores by where the relevant items stand', () => {
  it('are means over the sequences of each position, of which those without a number are left out', () => {
    const rows = positionRows(cells, how)
    const of = (network: string, seed: number) =>
      rows.filter((row) => row.network === network && row.seed === seed)
    expect(of('deep', 1).map(({ relevant, count }) => [relevant, count])).toEqual([
      ['011', 2],
      ['101', 2],
      ['110', 2],
    ])
    expect(of('deep', 1)[2]!.mean).toBeCloseTo(0.3, 6)
    expect(of('r-lstm', 2)[1]).toMatchObject({ relevant: '101', count: 1 })
  })

  it('sum up over seeds, from the first items to the last, with an interval where seeds vary', () => {
    const summary = positionSummary(positionRows(cells, how)).filter(({ network }) => network === 'deep')
    expect(summary.map(({ relevant, seeds }) => [relevant, seeds])).toEqual([
      ['110', 3],
      ['101', 3],
      ['011', 3],
    ])
    expect(summary[0]!.mean).toBeCloseTo(0.3, 6)
    expect(summary[0]!.high - summary[0]!.low).toBeCloseTo(0, 6)
    expect(summary[2]!.high - summary[2]!.low).toBeGreaterThan(0.01)
  })

  it('depend on the position for one network and not for the other: an interaction', () => {
    const rows = positionRows(cells, how)
    const found = positionAnova(rows, {
      dataset: 'mnist-maj',
      method: 'deepTaylor',
      networks: ['deep', 'r-lstm'],
    })
    expect(found!.seeds).toEqual([1, 2, 3])
    expect(found!.table.terms.map(({ term, df }) => [term, df])).toEqual([
      ['network', 1],
      ['position', 2],
      ['network × position', 2],
    ])
    expect(found!.table.terms[2]!.p).toBeLessThan(1e-6)
  })

  it('are not analysed where fewer than two seeds have all networks', () => {
    const rows = positionRows(cells.slice(0, 3), how)
    const asked = { dataset: 'mnist-maj', method: 'deepTaylor', networks: ['deep', 'r-lstm'] }
    expect(positionAnova(rows, asked)).toBeNull()
    expect(positionAnova(positionRows(cells, how), { ...asked, networks: ['deep'] })).toBeNull()
  })
})
