import { expect, test } from 'vitest'
import { pairTable, spreadTable, verdictOf } from '../../../src/thesis/evaluation/claims.js'
import type { ModelEvaluation } from '../../../src/thesis/evaluation/evaluation.js'

/** An evaluation whose scores lie around a mean, on sequences of which every fourth is misclassified. */
function evaluated(network: string, means: Record<string, number>, wrongFrom = 0, n = 40): ModelEvaluation {
  const around = (centre: number) => Float64Array.from({ length: n }, (_, i) => centre + 0.01 * Math.sin(i))
  const scores = Object.fromEntries(
    Object.entries(means).map(([method, centre]) => [
      method,
      { cosine: around(centre), contrast: around(1 - centre) },
    ]),
  )
  const correct = Uint8Array.from({ length: n }, (_, i) => (i % 4 === wrongFrom ? 0 : 1))
  return { dataset: 'mnist-maj', network, correct, scores, baselines: { cosine: 0.8, contrast: 0.5 } }
}

const all = [
  evaluated('shallow', { sensitivity: 0.7, deepTaylor: 0.4 }),
  evaluated('deep', { sensitivity: 0.7, deepTaylor: 0.6 }, 1),
  evaluated('r-lstm', { sensitivity: 0.65, deepTaylor: 0.9 }),
]
const pairs = (...given: Parameters<typeof pairTable>) => pairTable(...given).objects()
const byCosine = (...given: Parameters<typeof pairTable>) =>
  pairTable(...given)
    .filter("d => d.measure === 'cosine'")
    .objects()

test('a verdict needs the whole interval on one side', () => {
  expect(verdictOf({ estimate: 0.2, low: 0.1, high: 0.3 })).toBe('holds')
  expect(verdictOf({ estimate: -0.2, low: -0.3, high: -0.1 })).toBe('contradicted')
  expect(verdictOf({ estimate: 0.1, low: -0.1, high: 0.3 })).toBe('undecided')
})

test('pairs are compared sequence by sequence, so that common noise cancels', () => {
  const rows = byCosine(all)
  const row = rows.find(({ method, more }) => method === 'deepTaylor' && more === 'deep')!
  expect(row).toMatchObject({ less: 'shallow', verdict: 'holds', sequences: 40, accuracyDifference: 0 })
  expect(row.difference).toBeCloseTo(0.2, 10)
  expect(row.high - row.low).toBeLessThan(1e-9)
})

test('what the numbers contradict is said to be contradicted', () => {
  const rows = byCosine(all)
  expect(rows.find(({ method, more }) => method === 'sensitivity' && more === 'r-lstm')!.verdict).toBe(
    'contradicted',
  )
})

test('pairs without both networks are left out', () => {
  expect(new Set(pairs(all).map(({ more }) => more))).toEqual(new Set(['deep', 'r-lstm']))
})

test('correct means that both networks of a pair are right', () => {
  const rows = pairs(all, 'correct')
  expect(rows.find(({ more }) => more === 'deep')!.sequences).toBe(20)
})

test('the method whose means lie further apart depends more on the architecture', () => {
  const rows = spreadTable(all, 'deepTaylor').filter("d => d.measure === 'cosine'").objects()
  const reference = rows.find(({ method }) => method === 'deepTaylor')!
  const other = rows.find(({ method }) => method === 'sensitivity')!
  expect(reference).toMatchObject({ verdict: 'reference', excess: 0 })
  expect(other.verdict).toBe('holds')
  expect(other.excess).toBeCloseTo(reference.spread - other.spread, 10)
  expect(
    spreadTable(all, 'sensitivity')
      .objects()
      .find(({ method }) => method === 'deepTaylor')!.verdict,
  ).toBe('contradicted')
})

test('a reference that was not evaluated is refused', () => {
  expect(() => spreadTable(all, 'guidedBackprop')).toThrow(/guidedBackprop was not evaluated/)
})

test('each measure has its own verdict, beside its own baseline', () => {
  const rows = pairs(all).filter(({ method, more }) => method === 'deepTaylor' && more === 'deep')
  expect(rows).toMatchObject([
    { measure: 'cosine', baseline: 0.8, verdict: 'holds' },
    { measure: 'contrast', baseline: 0.5, verdict: 'contradicted' },
  ])
  const spreads = spreadTable(all, 'deepTaylor').objects()
  expect(spreads.map(({ method, measure, baseline }) => [method, measure, baseline])).toEqual([
    ['sensitivity', 'cosine', 0.8],
    ['sensitivity', 'contrast', 0.5],
    ['deepTaylor', 'cosine', 0.8],
    ['deepTaylor', 'contrast', 0.5],
  ])
})

test('a table without rows has its columns', () => {
  const none = pairTable([])
  expect(none.numRows()).toBe(0)
  expect(none.columnNames()).toContain('verdict')
})

test('what cannot be compared is refused by name', () => {
  expect(() => pairTable([...all, all[0]!])).toThrow("network 'shallow' was evaluated twice on mnist-maj")
  expect(() => pairTable([all[0]!, evaluated('deep', { sensitivity: 0.7 }, 0, 20)])).toThrow(
    'deep was evaluated on 20 sequences of mnist-maj and shallow on 40',
  )
  expect(() => spreadTable(all.slice(0, 1), 'deepTaylor')).toThrow(
    'only shallow was evaluated on mnist-maj; a spread needs two networks',
  )
  expect(() => spreadTable([all[0]!, evaluated('deep', { deepTaylor: 0.7 })], 'deepTaylor')).toThrow(
    'deep was not evaluated by sensitivity and cosine on mnist-maj',
  )
})
