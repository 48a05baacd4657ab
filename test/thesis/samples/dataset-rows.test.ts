import { expect, test } from 'vitest'
import { datasetRows } from '../../../src/thesis/samples/dataset-rows.js'
import { tinySequences } from '../tiny.js'

const sequences = tinySequences()
const digits = { classes: Array.from({ length: 10 }, (_, digit) => String(digit)) }

test('every sequence is counted once', () => {
  const rows = datasetRows(digits, sequences)
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(sequences.count)
  expect(new Set(rows.map(({ label, relevant }) => `${label} ${relevant}`)).size).toBe(rows.length)
})

test('each class is the majority as often as it has images', () => {
  const zeros = datasetRows(digits, sequences).filter(({ label }) => label === '0')
  expect(zeros.reduce((sum, { count }) => sum + count, 0)).toBe(6)
})
