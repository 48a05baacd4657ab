import { median, spread } from './summary.js'

/** One measurement as `--json` prints it; `ratio` is above 1 where we are faster or smaller. */
export interface Row {
  /** What was measured, with its unit. */
  readonly measure: string
  readonly network: string
  /** Sequences at once; 0 where it does not apply. */
  readonly batch: number
  /** Steps of a sequence; 0 where it does not apply. */
  readonly steps: number
  /** native, wasm. */
  readonly backend: string
  /** The median of repeated runs. */
  readonly ours: number
  /** The peer's median, null where it was not measured. */
  readonly peer: number | null
  readonly ratio: number | null
}

/** A row with what a table shows beside it. */
export interface Measurement extends Row {
  /** Half the distance between the quartiles. */
  readonly oursSpread: number
  readonly peerSpread: number | null
}

export interface Runs {
  readonly measure: string
  readonly network: string
  readonly batch: number
  readonly steps: number
  readonly backend: string
  readonly ours: readonly number[]
  /** Null where there is no peer. */
  readonly peer: readonly number[] | null
  /** Whether less is better, as with times. */
  readonly lessIsBetter: boolean
}

/** The medians of repeated runs and their ratio. */
export function measurement({ ours, peer, lessIsBetter, ...what }: Runs): Measurement {
  const own = median(ours)
  const other = peer === null ? null : median(peer)
  return {
    ...what,
    ours: own,
    peer: other,
    ratio: other === null ? null : lessIsBetter ? other / own : own / other,
    oursSpread: spread(ours),
    peerSpread: peer === null ? null : spread(peer),
  }
}

/** What `--json` prints of a measurement. */
export const rowOf = ({ measure, network, batch, steps, backend, ours, peer, ratio }: Measurement): Row => ({
  measure,
  network,
  batch,
  steps,
  backend,
  ours,
  peer,
  ratio,
})
