import { expect, test } from 'vitest'
import { deepTaylor, gradientTimesInput, sensitivity } from '../../../src/explanation/index.js'
import { conservation } from '../../../src/thesis/evaluation/conservation.js'
import {
  meanOfLists,
  relevanceByNetwork,
  relevantShare,
  sequenceRelevance,
  shares,
} from '../../../src/thesis/evaluation/sequence-relevance.js'
import { tinyModel, tinySequences } from '../tiny.js'

const sequences = tinySequences(150)
const model = tinyModel()

test('steps and items share out the same relevance', async () => {
  const rows = await sequenceRelevance(model, sequences, [0, 5, 11], { method: sensitivity })
  for (const { steps, items } of rows) {
    expect(steps).toHaveLength(12)
    for (const [k, item] of items.entries()) {
      const own = steps.slice(4 * k, 4 * k + 4).reduce((sum, step) => sum + step, 0)
      expect(own).toBeCloseTo(item, 8)
    }
  }
})

test('batches do not show: sequence 120 of many is explained as alone', async () => {
  const told: number[] = []
  const which = Array.from({ length: 130 }, (_, i) => i)
  const many = await sequenceRelevance(model, sequences, which, {
    method: sensitivity,
    onProgress: (done) => told.push(done),
  })
  const [alone] = await sequenceRelevance(model, sequences, [120], { method: sensitivity })
  expect(many[120]!.sequence).toBe(120)
  expect(many[120]!.scores.cosine).toBeCloseTo(alone!.scores.cosine!, 5)
  expect(many[120]!.label).toBe(alone!.label)
  expect(told).toEqual([100 / 130, 1])
})

test('several networks are explained one after the other, each on the same sequences', async () => {
  const told: number[] = []
  const models = [tinyModel('shallow'), tinyModel('r-lstm')]
  const rows = await relevanceByNetwork(models, sequences, [3, 4], {
    method: sensitivity,
    onProgress: (done) => told.push(done),
  })
  expect(Object.keys(rows)).toEqual(['shallow', 'r-lstm'])
  expect(rows['r-lstm']!.map(({ sequence }) => sequence)).toEqual([3, 4])
  expect(told).toEqual([0.5, 1])
})

test('absolute relevance is the sum of positive and negative parts', async () => {
  const [signed] = await sequenceRelevance(model, sequences, [0], { method: gradientTimesInput })
  expect(signed!.absolute).toBeGreaterThan(Math.abs(signed!.items.reduce((sum, item) => sum + item, 0)))
  const [squared] = await sequenceRelevance(model, sequences, [0], { method: sensitivity })
  expect(squared!.absolute).toBeCloseTo(
    squared!.items.reduce((sum, item) => sum + item, 0),
    6,
  )
})

test('relevance lies on ink wherever all pixels are ink', async () => {
  const inked = {
    ...sequences,
    images: { ...sequences.images, pixels: sequences.images.pixels.map((p) => p || 1) },
  }
  const [row] = await sequenceRelevance(model, inked, [0], { method: sensitivity })
  expect(row!.onInk).toBe(1)
  const blank = {
    ...sequences,
    images: { ...sequences.images, pixels: sequences.images.pixels.map(() => 0) },
  }
  const [none] = await sequenceRelevance(model, blank, [0], { method: sensitivity })
  expect(none!.onInk).toBe(0)
})

test('recorded ledgers account for all evidence of an untrained network', async () => {
  const rows = await sequenceRelevance(
    model,
    sequences,
    Array.from({ length: 20 }, (_, i) => i),
    {
      method: deepTaylor,
      target: 'prediction',
      record: true,
    },
  )
  const { total, deviation, sequences: count } = conservation(rows.map(({ ledger }) => ledger!))
  expect(count).toBe(rows.filter(({ logit }) => logit > 0).length)
  expect(count).toBeGreaterThan(0)
  expect(deviation).toBeLessThan(1e-4)
  expect(total.steps).toHaveLength(12)
})

test('shares are of absolute values and 0 where there are none', () => {
  expect(shares([1, -3, 0])).toEqual([0.25, -0.75, 0])
  expect(shares([0, 0])).toEqual([0, 0])
})

test('the share of relevant items is what they hold of everything', () => {
  expect(relevantShare({ items: [2, 1, 1], relevant: [0, 2] })).toBe(0.75)
})

test('a mean of lists goes entry by entry and needs one', () => {
  expect(
    meanOfLists([
      [1, 2],
      [3, 6],
    ]),
  ).toEqual([2, 4])
  expect(() => meanOfLists([])).toThrow(/at least one/)
})
