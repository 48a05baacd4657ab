/** A cell's last execution, as the kernel keeps it. */
export interface Execution {
  /** The cell by its id in the notebook. */
  readonly cell: string
  /** The id of the request to run it, and the page that sent it. */
  readonly request: string
  readonly session: string
  readonly code: string
  readonly state: 'waiting' | 'running' | 'ended'
  /** Null as long as it waits. */
  readonly count: number | null
  readonly hasFailed: boolean
  /** What it shows: each output once, as it is now. */
  readonly outputs: readonly ShownOutput[]
}

/** A message that shows an output. */
export interface ShownOutput {
  readonly type: string
  readonly content: Readonly<Record<string, unknown>>
}
