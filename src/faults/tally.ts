import { type Verdict, verdicts } from './judge.js'

/** How often each came of a kind of fault. */
export type FaultRow = { readonly kind: string; readonly tried: number } & { readonly [V in Verdict]: number }

/** A fault that was not met as it should be. */
export interface Finding {
  readonly kind: string
  readonly verdict: Verdict
  readonly what: string
  readonly said: string
}

/** Counts what came of faults by kind. */
export class Tally {
  readonly #rows = new Map<string, Record<Verdict, number>>()
  /** What is unclear or lost. */
  readonly findings: Finding[] = []

  add(kind: string, verdict: Verdict, what: string, said: string): void {
    const row = this.#rows.get(kind) ?? { clear: 0, unclear: 0, accepted: 0, other: 0, lost: 0 }
    row[verdict]++
    this.#rows.set(kind, row)
    if (verdict === 'unclear' || verdict === 'lost') this.findings.push({ kind, verdict, what, said })
  }

  /** A row for each kind. */
  rows(): FaultRow[] {
    return [...this.#rows].map(([kind, counts]) => {
      const tried = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0)
      return { kind, tried, ...counts }
    })
  }

  /** All kinds in one row. */
  total(): FaultRow {
    const rows = this.rows()
    const sum = (of: (row: FaultRow) => number) => rows.reduce((total, row) => total + of(row), 0)
    const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, sum((row) => row[verdict])]))
    return { kind: 'all', tried: sum(({ tried }) => tried), ...(counts as Record<Verdict, number>) }
  }
}
