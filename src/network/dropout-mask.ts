import type { Tensor2D } from '@tensorflow/tfjs-core'

/** Supplies a layer's dropout mask `[rows, units]`, entries 0 or 1/keep; rows are `[steps·batch]` where all steps come at once. */
export type MaskSource = (layer: string, rows: number, units: number) => Tensor2D
