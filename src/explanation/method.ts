import type { Pass } from '../network/operations.js'
import type { Finish, Recorder } from './recorder.js'
import type { InputRange } from './rule.js'

/** An explanation method: an interpretation of the algebra, what the walk starts from, and what its end is turned into. */
export interface Method {
  /** In files, tables and command lines, e.g. `deepTaylor`. */
  readonly id: string
  /** In text, e.g. `deep Taylor decomposition`. */
  readonly title: string
  /** The operations of one pass; a recorder listens at taps. */
  operations(range: InputRange, recorder: Recorder | null): Pass
  /** What enters at the target's logit f: 1 for gradients, f, or relu(f) as deep Taylor needs. */
  readonly start: 'one' | 'positive'
  /** From what arrives and the signal there to relevance. */
  readonly finish: Finish
  /** Whether relevance is conserved, so that a ledger adds up. */
  readonly conserves: boolean
}
