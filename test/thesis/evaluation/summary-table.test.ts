import { expect, test } from 'vitest'
import type { SequenceRelevance } from '../../../src/thesis/evaluation/sequence-relevance.js'
import { summaryRows } from '../../../src/thesis/evaluation/summary-table.js'

const row = (changes: Partial<SequenceRelevance>): SequenceRelevance => ({
  sequence: 0,
  label: 1,
  prediction: 1,
  logit: 5,
  steps: [2, 1, 1],
  items: [2, 1, 1],
  relevant: [0, 1],
  cosine: 0.8,
  absolute: 4,
  onInk: 0.5,
  ...changes,
})

test('a summary means what its columns say', () => {
  const rows = [
    row({}),
    row({ prediction: 2, relevant: [0, 2], cosine: 0.6, onInk: 0.7 }),
    row({ items: [0, 1, 3] }),
    row({ items: [1, 0, 1], cosine: 0.4 }),
  ]
  const [summary] = summaryRows({ deep: rows })
  expect(summary).toMatchObject({ network: 'deep', accuracy: 0.75, sequences: 4 })
  expect(summary!.cosine).toBeCloseTo(0.65, 10)
  expect(summary!.low).toBeLessThan(0.65)
  expect(summary!.high).toBeGreaterThan(0.65)
  expect(summary!.onRelevant).toBeCloseTo((0.75 + 0.75 + 0.25 + 0.5) / 4, 10)
  expect(summary!.onOddLast).toBeCloseTo((0.25 + 0.75 + 0.5) / 3, 10)
  expect(summary!.onInk).toBeCloseTo(0.55, 10)
})

test('a last item that is never the odd one out has no share as such', () => {
  expect(summaryRows({ deep: [row({ relevant: [0, 2] })] })[0]!.onOddLast).toBeNaN()
})
