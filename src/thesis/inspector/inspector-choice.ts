/** What the inspector shows. */
export interface InspectorChoice {
  /** The position among the test sequences. */
  readonly sequence: number
  /** Whether going on to the next sequence skips those that the network predicts rightly. */
  readonly onlyWrong: boolean
  /** By id. */
  readonly dataset: string
  /** By id; its id and `:untrained` is the network as its training began. */
  readonly network: string
  /** The network that is shown beside it, in the same way; `none` for one alone. */
  readonly beside: string
  /** `label`, `prediction` or the number of a class. */
  readonly target: string
  /** By id. */
  readonly methods: readonly string[]
  /** By id. */
  readonly measure: string
  /** Which maps share one colour scale: `map`, each its own; `method`, those of a method; `figure`, all. */
  readonly scale: string
}
