/** What is known of a signal's values: 0 to 1 as gates have, ≥ 0, the pixels, or either sign. */
export type Values = 'gate' | 'nonnegative' | 'pixels' | 'signed'

/** One input of a layer: the signal, its kernel, and which of the steps, where all were multiplied at once. */
export interface TracedTerm {
  readonly x: number
  readonly kernel: number
  readonly step: number
  readonly steps: number
}

/** One operation of a network, written down; operands are numbers of nodes before it. */
export interface TraceNode {
  readonly id: number
  /** An operation of the algebra, a movement of data, `parameter`, `sequences` or `constant`. */
  readonly operation: string
  readonly inputs: readonly number[]
  readonly shape: readonly number[]
  readonly values: Values
  /** The name that the architecture gives: of a layer, a tap, dropout, a parameter or a state. */
  readonly name?: string
  /** The step of a tap. */
  readonly step?: number | 'all' | 'initial'
  /** The inputs of a dense layer. */
  readonly terms?: readonly TracedTerm[]
  /** Whatever else the operation's result depends on. */
  readonly attributes?: unknown
}

/** A network's computation on one sequence, written down on shapes alone. */
export interface Trace {
  readonly nodes: readonly TraceNode[]
  /** The node of the logits. */
  readonly logits: number
}
