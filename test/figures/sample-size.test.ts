import { expect, test } from 'vitest'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { sampleSize } from '../../src/figures/kit/sample-size.js'
import { accuracyRows, exampleFigures } from './example-figures.js'

test('a sample size names sequences and seeds, as a range where rows differ, and nothing where they do not say', () => {
  expect(sampleSize([{ sequences: 10_000 }, { sequences: 10_000 }])).toBe('n = 10,000 sequences')
  expect(sampleSize([{ seeds: [0.5, 0.6], sequences: 1000 }, { seeds: 20 }])).toBe(
    'n = 2 to 20 seeds × 1,000 sequences',
  )
  expect(sampleSize([{ seeds: 1 }])).toBe('n = 1 seed')
  expect(sampleSize([{}])).toBe('')
})

test('a figure of scores says at its foot how many sequences they are over', () => {
  const texts = (sequences?: number) =>
    scoreFigure(
      accuracyRows().map(({ sequences: _, ...row }) => ({ ...row, ...(sequences ? { sequences } : {}) })),
    ).layout.annotations!.map(({ text }) => text)
  expect(texts(10_000)).toContain('n = 10,000 sequences')
  expect(texts().some((text) => text!.startsWith('n ='))).toBe(false)
})

test('a sample size names what controls are over where it is another sample', () => {
  const rows = [{ sequences: 10_000 }]
  expect(sampleSize(rows, [{ sequences: 1000 }])).toBe('n = 10,000 sequences, controls 1,000 sequences')
  expect(sampleSize(rows, rows)).toBe('n = 10,000 sequences')
  expect(sampleSize([], [{ sequences: 1000 }])).toBe('')
})

const counted = Object.entries(exampleFigures).filter(([, make]) =>
  make()
    .rows?.()
    .some((row) => 'sequences' in row || 'seeds' in row),
)

test.each(counted)(
  '%s says at its foot, and for its files, how many its rows are over, the same at every width',
  (_, make) => {
    for (const width of [85, 178]) {
      const { sample, layout } = make().forWidth!(width)
      expect(sample).toMatch(/^n = \d/)
      expect(sample).toBe(make().sample)
      expect(layout.annotations!.map(({ text }) => text)).toContain(sample)
    }
  },
)
