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

/** Of a single seed there is no interval. */
const alone = (mean: number) => ({ mean, low: mean, high: mean })

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
      '| MNIST-MAJ | Shallow | 98.09 % | 0.736 ± 0.003 | 0.478 ± 0.007 |',
      '| MNIST-MAJ | Deep | 98.17 % | 0.736 ± 0.003 | – |',
    ].join('\n'),
  )
})

test('with several measures each has a column, with its level of no knowledge and the means of all methods side by side', () => {
  defineMeasure({ id: 'auc', title: 'AUC', range: [-1, 1], baseline: () => 0, score: () => 1 })
  const lines = resultsTable([
    row({}),
    row({ measure: 'auc', ...alone(0.9), baseline: 0 }),
    row({ method: 'deepTaylor', ...alone(0.478) }),
    row({ method: 'deepTaylor', measure: 'auc', ...alone(-0.0211), baseline: 0 }),
    row({ network: 'deep', measure: 'auc', ...alone(-0.0001), baseline: 0 }),
  ]).split('\n')
  expect(lines[0]).toBe(
    '| dataset | network | accuracy | cosine (uniform 0.817): SA · DTD | AUC (chance 0): SA · DTD |',
  )
  expect(lines.slice(2)).toEqual([
    '| MNIST-MAJ | Shallow | 98.09 % | 0.736 ± 0.003 · 0.478 | 0.900 · −0.021 |',
    '| MNIST-MAJ | Deep | 98.09 % | – · – | 0.000 · – |',
  ])
})

test('under each dataset stands the highest mean of its controls', () => {
  const control = { control: 'untrained', ...row({ mean: 0.5 }) }
  const controls = [
    control,
    { ...control, network: 'deep', mean: 0.61 },
    { ...control, method: 'deepTaylor' },
  ]
  const other = row({ dataset: 'fashion-mnist-maj' })
  const lines = resultsTable([row({}), row({ method: 'deepTaylor' }), other], controls).split('\n')
  expect(lines.slice(3)).toEqual([
    '| MNIST-MAJ | *highest control* |  | 0.610 | 0.500 |',
    '| FashionMNIST-MAJ | Shallow | 98.09 % | 0.736 ± 0.003 | – |',
  ])
})
