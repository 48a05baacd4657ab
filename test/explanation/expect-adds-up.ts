import { expect } from 'vitest'
import type { Ledger } from '../../src/explanation/index.js'

export const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** Everything that a ledger lists but what entered and what is left over. */
export const entriesOf = ({ steps, initialState, biases, epsilon, undistributed }: Ledger) => [
  ...steps,
  initialState,
  biases,
  epsilon,
  undistributed,
]

export function expectAddsUp(ledger: Ledger): void {
  const entries = entriesOf(ledger)
  const moved = sumOf(entries.map(Math.abs)) + Math.abs(ledger.entered)
  expect(Math.abs(ledger.entered - sumOf(entries))).toBeLessThanOrEqual(1e-5 * moved)
  expect(ledger.rounding).toBeCloseTo(ledger.entered - sumOf(entries), 10)
}
