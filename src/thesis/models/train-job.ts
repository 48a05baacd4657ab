import type { EpochRow } from '../../training/state.js'
import type { PlanReference } from './plan-reference.js'

/** What a training worker is asked to train. */
export interface TrainJob {
  readonly plan: PlanReference
  readonly retrain: boolean
}

/** What it tells: where it stands, an epoch's row, a note, the end with the test accuracy, that it was interrupted, or what went wrong. */
export type TrainMessage =
  | {
      readonly at: {
        readonly epoch: number
        readonly batch: number
        readonly batches: number
        readonly loss: number
        /** Which phase of the training it is in, from 0. Default: the last. */
        readonly phase?: number
      }
    }
  | { readonly row: EpochRow }
  | { readonly note: string }
  | { readonly testAccuracy: number; readonly backend: string }
  | { readonly interrupted: true }
  | { readonly error: string }
