import { expect, test } from 'vitest'
import type { SequenceRelevance } from '../../../src/thesis/evaluation/sequence-relevance.js'
import { summaryTable } from '../../../src/thesis/evaluation/summary-table.js'

const row = (changes: Partial<SequenceRelevance>): SequenceRelevance => ({
  sequence: 0,
  label: 1,
  prediction: 1,
  logit: 5,
  steps: [2, 1, 1],
  items: [2, 1, 1],
  relevant: [0, 1],
  scores: { cosine: 0.8, last: 1 },
  baselines: { cosine: Math.sqrt(2 / 3), last: 2 / 3 },
  absolute: 4,
  onInk: 0.5,
  ...changes,
})

test('a summary means what its columns say', () => {
  const rows = [
    row({}),
    row({ prediction: 2, relevant: [0, 2], scores: { cosine: 0.6, last: 1 }, onInk: 0.7 }),
    row({ items: [0, 1, 3] }),
    row({ items: [1, 0, 1], scores: { cosine: 0.4, last: 0 } }),
  ]
  const [summary] = summaryTable({ deep: rows }).objects()
  expect(summary).toMatchObject({ network: 'deep', measure: 'cosine', accuracy: 0.75, sequences: 4 })
  expect(summary!.mean).toBeCloseTo(0.65, 10)
  expect(summary!.baseline).toBeCloseTo(Math.sqrt(2 / 3), 10)
  expect(summary!.low).toBeLessThan(0.65)
  expect(summary!.high).toBeGreaterThan(0.65)
  expect(summary!.onRelevant).toBeCloseTo((0.75 + 0.75 + 0.25 + 0.5) / 4, 10)
  expect(summary!.onOddLast).toBeCloseTo((0.25 + 0.75 + 0.5) / 3, 10)
  expect(summary!.onInk).toBeCloseTo(0.55, 10)
})

test('a last item that is never the odd one out has no share as such', () => {
  expect(summaryTable({ deep: [row({ relevant: [0, 2] })] }).objects()[0]!.onOddLast).toBeNaN()
})

test('there is a row for each measure, with its baseline', () => {
  const rows = summaryTable({ deep: [row({}), row({})] }).objects()
  expect(rows.map(({ measure, mean, baseline }) => [measure, mean, baseline])).toEqual([
    ['cosine', 0.8, Math.sqrt(2 / 3)],
    ['last', 1, 2 / 3],
  ])
  const chosen = summaryTable({ deep: [row({})] }, ['last'])
  expect(chosen.array('measure')).toEqual(['last'])
  expect(() => summaryTable({ deep: [row({})] }, [{ id: 'sine' }])).toThrow(
    'deep was not scored by measure sine',
  )
  expect(() => summaryTable({ deep: [] })).toThrow('there is no sequence of deep')
})
