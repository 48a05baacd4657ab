import { describe, expect, it } from 'vitest'
import { measurement, rowOf } from '../../bench/row.js'
import { table } from '../../bench/table.js'

const what = { measure: 'training step (ms)', network: 'deep', batch: 50, steps: 12, backend: 'native' }
const times = { ...what, ours: [4, 1, 2, 3, 100], peer: [6, 9, 6], lessIsBetter: true }

describe('a measurement', () => {
  it('is the median of the runs, and its ratio is above 1 where we are faster', () => {
    expect(rowOf(measurement(times))).toEqual({ ...what, ours: 3, peer: 6, ratio: 2 })
    const rates = measurement({ ...times, lessIsBetter: false })
    expect(rates.ratio).toBe(0.5)
  })

  it('has half the distance between the quartiles as its spread', () => {
    expect(measurement({ ...times, ours: [1, 2, 3, 4, 5] }).oursSpread).toBe(1)
  })

  it('has no ratio without a peer', () => {
    expect(rowOf(measurement({ ...times, peer: null }))).toEqual({
      ...what,
      ours: 3,
      peer: null,
      ratio: null,
    })
  })
})

describe('the table', () => {
  it('is Markdown with three digits, the spread and a dash for what was not measured', () => {
    const rows = [measurement(times), measurement({ ...times, batch: 0, ours: [12.345], peer: null })]
    const lines = table(rows).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[2]).toContain('| 3.00 ± 1.00 |')
    expect(lines[2]).toMatch(/\| +2\.00 \|$/)
    expect(lines[3]).toMatch(/\| +12\.3 \|/)
    expect(lines[3]).toMatch(/\| +– \| +– \|$/)
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  })
})
