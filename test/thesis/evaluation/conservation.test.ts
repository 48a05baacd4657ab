import { expect, test } from 'vitest'
import { conservation } from '../../../src/thesis/evaluation/conservation.js'

const ledger = (entered: number, rounding: number) => ({
  entered,
  steps: [entered / 2, entered / 4],
  initialState: entered / 16,
  biases: entered / 32,
  epsilon: entered / 32,
  undistributed: entered / 8 - rounding,
  rounding,
})

test('ledgers add up entry by entry', () => {
  expect(conservation([ledger(8, 0), ledger(16, 0)]).total).toEqual(ledger(24, 0))
})

test('the deviation is the worst one relative to what entered, whatever its sign', () => {
  expect(conservation([ledger(10, 0.001), ledger(1, -0.001)]).deviation).toBeCloseTo(0.001, 10)
})

test('sequences where nothing entered do not count', () => {
  expect(conservation([ledger(0, 0), ledger(4, 0)]).sequences).toBe(1)
  expect(() => conservation([ledger(0, 0)])).toThrow(/≤ 0/)
})
