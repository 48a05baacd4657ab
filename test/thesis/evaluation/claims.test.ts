import { expect, test } from 'vitest'
import { type Evaluated, pairRows, spreadRows, verdictOf } from '../../../src/thesis/evaluation/claims.js'

/** An evaluation whose cosines lie around a mean, on sequences of which every fourth is misclassified. */
function evaluated(network: string, means: Record<string, number>, wrongFrom = 0): Evaluated {
  const n = 40
  const cosines = Object.fromEntries(
    Object.entries(means).map(([method, centre]) => [
      method,
      Float64Array.from({ length: n }, (_, i) => centre + 0.01 * Math.sin(i)),
    ]),
  )
  const correct = Uint8Array.from({ length: n }, (_, i) => (i % 4 === wrongFrom ? 0 : 1))
  return { dataset: 'mnist-maj', network, evaluation: { correct, cosines } }
}

const all = [
  evaluated('shallow', { sensitivity: 0.7, deepTaylor: 0.4 }),
  evaluated('deep', { sensitivity: 0.7, deepTaylor: 0.6 }, 1),
  evaluated('r-lstm', { sensitivity: 0.65, deepTaylor: 0.9 }),
]

test('a verdict needs the whole interval on one side', () => {
  expect(verdictOf({ estimate: 0.2, low: 0.1, high: 0.3 })).toBe('holds')
  expect(verdictOf({ estimate: -0.2, low: -0.3, high: -0.1 })).toBe('contradicted')
  expect(verdictOf({ estimate: 0.1, low: -0.1, high: 0.3 })).toBe('undecided')
})

test('pairs are compared sequence by sequence, so that common noise cancels', () => {
  const rows = pairRows(all, 'all')
  const row = rows.find(({ method, more }) => method === 'deepTaylor' && more === 'deep')!
  expect(row).toMatchObject({ less: 'shallow', verdict: 'holds', sequences: 40, accuracyDifference: 0 })
  expect(row.difference).toBeCloseTo(0.2, 10)
  expect(row.high - row.low).toBeLessThan(1e-9)
})

test('what the numbers contradict is said to be contradicted', () => {
  const rows = pairRows(all, 'all')
  expect(rows.find(({ method, more }) => method === 'sensitivity' && more === 'r-lstm')!.verdict).toBe(
    'contradicted',
  )
})

test('pairs without both networks are left out', () => {
  expect(new Set(pairRows(all, 'all').map(({ more }) => more))).toEqual(new Set(['deep', 'r-lstm']))
})

test('correct means that both networks of a pair are right', () => {
  const rows = pairRows(all, 'correct')
  expect(rows.find(({ more }) => more === 'deep')!.sequences).toBe(20)
})

test('the method whose means lie further apart depends more on the architecture', () => {
  const rows = spreadRows(all, 'deepTaylor')
  const reference = rows.find(({ method }) => method === 'deepTaylor')!
  const other = rows.find(({ method }) => method === 'sensitivity')!
  expect(reference).toMatchObject({ verdict: 'reference', excess: 0 })
  expect(other.verdict).toBe('holds')
  expect(other.excess).toBeCloseTo(reference.spread - other.spread, 10)
  expect(spreadRows(all, 'sensitivity').find(({ method }) => method === 'deepTaylor')!.verdict).toBe(
    'contradicted',
  )
})

test('a reference that was not evaluated is refused', () => {
  expect(() => spreadRows(all, 'guidedBackprop')).toThrow(/guidedBackprop was not evaluated/)
})
