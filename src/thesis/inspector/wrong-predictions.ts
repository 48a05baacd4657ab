import { setImmediate } from 'node:timers/promises'
import type { MajoritySequences } from '../../data/majority.js'
import { logitsOf } from '../../network/logits.js'
import { predictionsOf } from '../../network/predictions.js'
import { BATCH } from '../evaluation/explain-in-batches.js'
import { pixelsOf, withNetwork } from '../evaluation/loaded-network.js'
import type { Model } from '../models/model-value.js'

const UNKNOWN = -1

/** Finds the sequences that a model gets wrong, without predicting more than it takes. */
export interface WrongPredictions {
  /** The nearest sequence after (`by` 1) or before (−1) a position that is predicted wrongly; null where there is none. */
  next(from: number, by: 1 | -1): Promise<number | null>
}

/** Makes a search through `sequences`; every sequence is predicted at most once. */
export function wrongPredictions(model: Model, sequences: MajoritySequences): WrongPredictions {
  const predictions = new Int16Array(sequences.count).fill(UNKNOWN)
  return {
    async next(from, by) {
      for (let s = from + by; s >= 0 && s < sequences.count; s += by) {
        if (predictions[s] === UNKNOWN) {
          await predict(model, sequences, unknownFrom(predictions, s, by), predictions)
          await setImmediate() // lets an interrupt or another choice have its turn
        }
        if (predictions[s] !== sequences.labels[s]) return s
      }
      return null
    },
  }
}

/** Up to a batch of sequences without a prediction, from one on in one direction. */
function unknownFrom(predictions: Int16Array, start: number, by: 1 | -1): number[] {
  const found: number[] = []
  for (let s = start; s >= 0 && s < predictions.length && found.length < BATCH; s += by)
    if (predictions[s] === UNKNOWN) found.push(s)
  return found
}

const predict = (
  model: Model,
  sequences: MajoritySequences,
  which: readonly number[],
  predictions: Int16Array,
): Promise<void> =>
  withNetwork(model, ({ forward, w }) => {
    const x = pixelsOf(sequences, which)
    try {
      const found = predictionsOf(logitsOf(forward, w, x), sequences.classes)
      for (const [i, s] of which.entries()) predictions[s] = found[i]!
    } finally {
      x.dispose()
    }
  })
