import { expect, test } from 'vitest'
import { assembleBatch } from '../../../src/data/batches.js'
import { deepTaylor, sensitivity } from '../../../src/explanation/index.js'
import { heatmapRows, methodRow, problemRow } from '../../../src/thesis/samples/sample-rows.js'
import { sequencePixels } from '../../../src/thesis/samples/sequence-pixels.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences()
const model = tinyModel()
const digits = { classes: Array.from({ length: 10 }, (_, digit) => String(digit)) }

test('the pixels of a sequence are those that a network reads', () => {
  const read = assembleBatch(sequences, [7], new Float32Array(28 * 84))
  const pixels = sequencePixels(sequences, 7)
  expect(Array.from(pixels, (p) => Math.fround(p / 127.5 - 1))).toEqual(Array.from(read))
})

test('a problem row names the classes of all items and marks the majority', () => {
  const { classes, label, relevant } = problemRow(digits, sequences, 3)
  expect(classes.filter((name) => name === label)).toHaveLength(2)
  expect(relevant.map((k) => classes[k])).toEqual([label, label])
})

test('a problem row calls classes as the dataset does', () => {
  const named = { classes: digits.classes.map((digit) => `the ${digit}`) }
  expect(problemRow(named, sequences, 5).label).toBe('the 5')
})

test('heatmap rows hold each sequence once per method, with its own part of the relevance', async () => {
  const methods = [sensitivity, deepTaylor]
  const rows = await heatmapRows([model], sequences, [4, 9], methods)
  expect(rows.map(({ method }) => method)).toEqual(['sensitivity', 'sensitivity', 'deepTaylor', 'deepTaylor'])
  const alone = await heatmapRows([model], sequences, [9], [sensitivity])
  expect(rows[1]!.values.length).toBe(28 * 84)
  const largest = Math.max(...alone[0]!.values)
  for (const [i, value] of rows[1]!.values.entries())
    expect(Math.abs(value - alone[0]!.values[i]!)).toBeLessThan(1e-4 * largest)
  const [{ measure, value }] = rows[1]!.scores as [{ measure: string; value: number }]
  expect(measure).toBe('cosine')
  expect(value).toBeCloseTo(alone[0]!.scores![0]!.value, 4)
})

test('a wrong prediction is named, a right one is not', async () => {
  const rows = await heatmapRows([model], sequences, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [sensitivity])
  // An untrained network predicts much the same class for random images of ten classes.
  expect(rows.some(({ title }) => title?.startsWith('predicts '))).toBe(true)
  for (const { prediction, title } of rows)
    expect(title ?? `predicts ${prediction}`).toBe(`predicts ${prediction}`)
  for (const { title, sample } of rows) expect(title).not.toBe(`predicts ${sample.split(' ')[0]}`)
})

test('a method row carries the logit of the label', async () => {
  const row = await methodRow(model, sequences, 4, deepTaylor)
  expect(row.values.length).toBe(row.pixels.length)
  expect(row.values.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(
    Math.max(0, row.logit) * 1.0001 + 1e-9,
  )
})
