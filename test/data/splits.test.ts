import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LabelledDataset } from '../../src/data/labelled-images.js'
import { loadDataset } from '../../src/data/sources/load-dataset.js'
import { type MajoritySplits, majoritySplits, splitIndices } from '../../src/data/splits.js'
import { chiSquare } from './chi-square.js'
import { syntheticImages } from './synthetic.js'

describe('a split', () => {
  it('parts all indices into two ascending lists without a common one', () => {
    for (const [count, fraction, trained] of [
      [10, 0.8, 8],
      [7, 0.5, 4],
      [1000, 0.333, 333],
      [2, 0.5, 1],
    ] as const) {
      const { train, validation } = splitIndices(count, fraction, 5)
      expect(train.length).toBe(trained)
      expect([...train, ...validation].sort((a, b) => a - b)).toEqual(
        Array.from({ length: count }, (_, i) => i),
      )
      for (const part of [train, validation]) expect([...part]).toEqual([...part].sort((a, b) => a - b))
    }
  })

  it('is a function of its seed', () => {
    expect(splitIndices(100, 0.8, 1)).toEqual(splitIndices(100, 0.8, 1))
    expect(splitIndices(100, 0.8, 1)).not.toEqual(splitIndices(100, 0.8, 2))
  })

  it('gives each index the same chance to be trained on', () => {
    const counts = new Array<number>(20).fill(0)
    for (let seed = 0; seed < 2000; seed++) for (const i of splitIndices(20, 0.25, seed).train) counts[i]!++
    // Drawn without replacement, the statistic is that of independent draws times 1 − 1/4, at 19 degrees of freedom.
    expect(chiSquare(counts, new Array(20).fill(500)) / 0.75).toBeLessThan(50.8) // p = 10⁻⁴
  })

  it('is refused when one side would be empty', () => {
    for (const fraction of [0, 1, -1, 2, 0.01, Number.NaN]) {
      expect(() => splitIndices(10, fraction, 1)).toThrow(`A training fraction of ${fraction} of 10 images`)
    }
  })
})

describe('the splits of a dataset', () => {
  const dataset = {
    name: 'synthetic',
    train: syntheticImages(200, 10),
    test: syntheticImages(50, 10),
    source: '',
  }
  const options = { seed: 3, items: 4, majority: 2, classes: 8, stepColumns: 2, trainFraction: 0.6 }

  it('pass the options of the problem on', () => {
    const splits = majoritySplits(dataset, options)
    for (const split of Object.values(splits)) {
      expect(split).toMatchObject({ itemsPerSequence: 4, classes: 8, stepColumns: 2, steps: 8, seed: 3 })
    }
    expect(splits.train.count + splits.validation.count).toBe(160)
  })

  it('have the scan of the problem and all classes of the dataset, also where the test images lack the last', () => {
    const test = syntheticImages(50, 9)
    const splits = majoritySplits({ ...dataset, test }, { seed: 3, stepColumns: 2, scan: 'rightToLeft' })
    for (const split of Object.values(splits))
      expect(split).toMatchObject({ classes: 10, scan: 'rightToLeft' })
    expect(splits.train.images).toBe(dataset.train)
    expect([...splits.test.labels]).toEqual([...test.labels])
  })

  it('draw fresh sequences for training alone', () => {
    const { train, validation, test } = majoritySplits(dataset, { ...options, freshSequences: true })
    expect([train.freshSequences, validation.freshSequences, test.freshSequences]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('MNIST-MAJ', () => {
  let dataset: LabelledDataset
  let splits: MajoritySplits
  beforeAll(async () => {
    dataset = await loadDataset('mnist')
    splits = majoritySplits(dataset, { seed: 1 })
  })

  it('has 48,000 sequences to train on, 12,000 to validate and 10,000 to test, of 12 steps of 28×7 pixels', () => {
    expect(Object.values(splits).map((split) => split.count)).toEqual([48_000, 12_000, 10_000])
    for (const split of Object.values(splits)) {
      expect(split).toMatchObject({ rows: 28, columns: 84, stepColumns: 7, steps: 12, classes: 10 })
    }
  })

  it('shares no image between training and validation', () => {
    const trained = new Set(splits.train.items)
    expect([...splits.validation.items].some((image) => trained.has(image))).toBe(false)
    expect(splits.train.images).toBe(dataset.train)
    expect(splits.test.images).toBe(dataset.test)
  })

  it('puts the odd image at each place equally often and draws it from the other classes by their size', () => {
    for (const { count, relevant, items, labels, images } of Object.values(splits)) {
      const places = [0, 0, 0]
      const odd = new Array<number>(10).fill(0)
      const size = new Array<number>(10).fill(0)
      for (const label of labels) size[label]!++
      for (let i = 0; i < items.length; i++) {
        if (relevant[i] === 1) continue
        places[i % 3]!++
        odd[images.labels[items[i]!]!]!++
      }
      expect(chiSquare(places, new Array(3).fill(count / 3))).toBeLessThan(18.4) // p = 10⁻⁴ at 2
      const expected = size.map((n, c) =>
        size.reduce((sum, other, label) => (label === c ? sum : sum + (other * n) / (count - other)), 0),
      )
      expect(chiSquare(odd, expected)).toBeLessThan(33.7) // p = 10⁻⁴ at 9
    }
  })

  it('is the same on every machine, so that the shipped checkpoints are tested on what they were made for', () => {
    const digest = (list: Int32Array) =>
      createHash('sha256').update(Int32Array.from(list)).digest('hex').slice(0, 16)
    expect(Object.values(splits).map((split) => digest(split.items))).toEqual([
      '4d7085e41bd8e89a',
      '8ad46ccc88e9e3b2',
      'd122929f5d969e62',
    ])
  })
})
