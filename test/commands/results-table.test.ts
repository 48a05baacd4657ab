import { expect, test } from 'vitest'
import { resultsTable } from '../../src/commands/results-table.js'
import { defineMeasure } from '../../src/evaluation/index.js'
import type { ScoreRow } from '../../src/thesis/evaluation/score-table.js'

const row = (changes: Partial<ScoreRow>): ScoreRow => ({
  dataset: 'mnist-maj',
  network: 'shallow',
  method: 'sensitivity',
  measure: 'cosine',
  accuracy: 0.98086,
  mean: 0.7364,
  low: 0.7331,
  high: 0.7394,
  baseline: 0.8165,
  sequences: 10_000,
  ...changes,
})

test('a line holds the means of all methods of a network, in the order of the catalogue', () => {
  const rows = [
    row({ network: 'deep', accuracy: 0.9817 }),
    row({ method: 'deepTaylor', mean: 0.478, low: 0.471, high: 0.484 }),
    row({}),
  ]
  expect(resultsTable(rows)).toBe(
    [
      '| dataset | network | accuracy | sensitivity analysis | deep Taylor decomposition |',
      '| --- | --- | --: | --: | --: |',
      '| MNIST-MAJ | Shallow | 98.09 % | 0.736 [0.733, 0.739] | 0.478 [0.471, 0.484] |',
      '| MNIST-MAJ | Deep | 98.17 % | 0.736 [0.733, 0.739] | – |',
    ].join('\n'),
  )
})

test('with several measures each has its line and its baseline', () => {
  defineMeasure({ id: 'auc', title: 'AUC', range: [0, 1], baseline: () => 0.5, score: () => 1 })
  const lines = resultsTable([row({}), row({ measure: 'auc', mean: 0.9, baseline: 0.5 })]).split('\n')
  expect(lines[0]).toBe('| dataset | network | measure | baseline | accuracy | sensitivity analysis |')
  expect(lines.slice(2)).toEqual([
    '| MNIST-MAJ | Shallow | Cosine similarity | 0.817 | 98.09 % | 0.736 [0.733, 0.739] |',
    '| MNIST-MAJ | Shallow | AUC | 0.500 | 98.09 % | 0.900 [0.733, 0.739] |',
  ])
})
