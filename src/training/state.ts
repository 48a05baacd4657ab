import { type AdamState, startAdam } from './adam.js'
import { initialise } from './initialise.js'
import type { Layout } from './layout.js'
import { fromEffective, toEffective } from './negative-bias.js'

/** One row of the history table: means over the epoch; accuracies in [0, 1]. */
export interface EpochRow {
  readonly epoch: number
  readonly learningRate: number
  readonly loss: number
  readonly accuracy: number
  readonly validationLoss: number
  readonly validationAccuracy: number
}

/** The best epoch so far and its effective parameters. */
export interface Best {
  readonly epoch: number
  readonly effective: Float32Array
}

/**
 * All that a training is at a moment, so that stopping and resuming changes nothing: epoch and batch stand for the random
 * state too, since every draw comes from a stream named by seed, epoch and batch.
 */
export interface TrainingState {
  /** The epoch under way, from 0. */
  epoch: number
  /** Batches of it already done. */
  batch: number
  /** Sums over those batches: loss · sequences, and correct sequences. */
  lossSum: number
  correct: number
  /** Parameters as trained: β in place of every bias ≤ 0. */
  readonly trained: Float32Array
  readonly adam: AdamState
  readonly history: EpochRow[]
  /** The backends it was trained on, each once in a row; whoever trains adds theirs. */
  readonly backends: string[]
  best: Best
}

/** The state before the first step, with random parameters or effective ones to start from. */
export function startState(layout: Layout, seed: number, effective?: Float32Array): TrainingState {
  const trained = effective ? fromEffective(layout, effective) : initialise(layout, seed)
  return {
    epoch: 0,
    batch: 0,
    lossSum: 0,
    correct: 0,
    trained,
    adam: startAdam(layout.size),
    history: [],
    backends: [],
    best: { epoch: -1, effective: toEffective(layout, trained, new Float32Array(layout.size)) },
  }
}
