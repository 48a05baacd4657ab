import type { Ledger } from '../../explanation/index.js'

/** The ledgers of many sequences in one, and how far the worst of them is from adding up. */
export interface Conservation {
  readonly total: Ledger
  /** The largest |f − Σ of all entries| / f. */
  readonly deviation: number
  /** How many ledgers it is over: those where anything entered. */
  readonly sequences: number
}

/**
 * Adds ledgers up; those of sequences where nothing entered, since f(x) ≤ 0, are left out.
 *
 * @throws Error when nothing entered anywhere
 */
export function conservation(ledgers: readonly Ledger[]): Conservation {
  const entered = ledgers.filter((ledger) => ledger.entered > 0)
  if (entered.length === 0) throw new Error('no sequence has evidence for its target: all f(x) are ≤ 0')
  const sum = (of: (ledger: Ledger) => number) => entered.reduce((total, ledger) => total + of(ledger), 0)
  return {
    total: {
      entered: sum((ledger) => ledger.entered),
      steps: entered[0]!.steps.map((_, step) => sum((ledger) => ledger.steps[step]!)),
      initialState: sum((ledger) => ledger.initialState),
      biases: sum((ledger) => ledger.biases),
      epsilon: sum((ledger) => ledger.epsilon),
      undistributed: sum((ledger) => ledger.undistributed),
      rounding: sum((ledger) => ledger.rounding),
    },
    deviation: Math.max(...entered.map((ledger) => Math.abs(ledger.rounding) / ledger.entered)),
    sequences: entered.length,
  }
}
