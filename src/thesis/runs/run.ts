import type { EpochRow } from '../../training/state.js'
import type { ModelConfiguration } from '../models/configuration.js'

/** Where a training stands: `damaged` where its files cannot be read, such as a folder that was cut off. */
export type RunStatus = 'finished' | 'interrupted' | 'running' | 'damaged'

/** A training that left something in `data/checkpoints` or `results/checkpoints`. */
export interface Run {
  /** The name of its folder: dataset, network and address. */
  readonly id: string
  readonly folder: string
  /** Whether it is shipped; what is shipped stays. */
  readonly isShipped: boolean
  readonly status: RunStatus
  /** By what it is trained; null where that cannot be read. */
  readonly configuration: ModelConfiguration | null
  /** Of each whole epoch, of the last phase alone. */
  readonly history: readonly EpochRow[]
  /** Accuracy on the test sequences in [0, 1]; null until the training is finished. */
  readonly testAccuracy: number | null
  /** When its files were last written. */
  readonly date: Date
  readonly bytes: number
}

/** The best validation accuracy so far; null before the first whole epoch. */
export const bestValidation = ({ history }: Pick<Run, 'history'>): number | null =>
  history.length === 0 ? null : Math.max(...history.map((row) => row.validationAccuracy))
