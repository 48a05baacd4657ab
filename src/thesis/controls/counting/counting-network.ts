import type { Forward } from '../../../network/operations.js'
import type { NamedValues, ParameterSpec } from '../../../network/parameters.js'
import type { CountingTask } from './counting-task.js'

/** A network for a counting task: set by hand, or trained from a seed. */
export interface CountingNetwork {
  /** In tables, e.g. `r-lstm-exact`. */
  readonly id: string
  readonly title: string
  readonly task: CountingTask
  readonly specs: readonly ParameterSpec[]
  /** The network for sequences of so many steps; its parameters do not depend on them. */
  forward(steps: number): Forward
  /** Effective parameters by seed; where they are set by hand, the same for all. */
  parameters(seed: number, events?: TrainingEvents): Promise<NamedValues>
}

/** How a training is watched and ended. */
export interface TrainingEvents {
  /** Ends the work by throwing its reason. */
  readonly signal?: AbortSignal
  /** Told as work proceeds, with the share of it done in [0, 1]. */
  onProgress?(done: number): void
}

/** One forward function by number of steps, so that what was compiled for it is found again. */
export function forwardBySteps(make: (steps: number) => Forward): (steps: number) => Forward {
  const known = new Map<number, Forward>()
  return (steps) => {
    const forward = known.get(steps) ?? make(steps)
    known.set(steps, forward)
    return forward
  }
}
