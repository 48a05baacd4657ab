import type { EpochRow } from '../../training/state.js'
import type { ModelConfiguration } from './configuration.js'

/** What a training worker is asked to train. */
export interface TrainJob {
  readonly configuration: ModelConfiguration
  readonly retrain: boolean
}

/** What it tells: where it stands, an epoch's row, the end with the test accuracy, that it was interrupted, or what went wrong. */
export type TrainMessage =
  | {
      readonly at: {
        readonly epoch: number
        readonly batch: number
        readonly batches: number
        readonly loss: number
      }
    }
  | { readonly row: EpochRow }
  | { readonly testAccuracy: number; readonly backend: string }
  | { readonly interrupted: true }
  | { readonly error: string }
