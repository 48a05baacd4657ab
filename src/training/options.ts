import type { Dropout } from './dropout.js'
import type { Schedule } from './schedule.js'

/** Everything besides data and network that determines a training. */
export interface TrainingOptions {
  /** Passes over the training sequences, ≥ 1. */
  readonly epochs: number
  /** Sequences per step, ≥ 1. */
  readonly batchSize: number
  /** Adam's learning rate at the start, > 0. */
  readonly learningRate: number
  readonly schedule: Schedule
  /** The probability with which dropout keeps an activation, in (0, 1]; 1 is no dropout. */
  readonly keepProbability: number
  readonly dropout: Dropout
  /** Stop after so many epochs without a better validation; null never stops early. */
  readonly patience: number | null
  readonly seed: number
}

/** Throws a RangeError naming the first option that is out of range, and the range. */
export function checkTraining(options: TrainingOptions): void {
  const whole = (name: 'epochs' | 'batchSize' | 'patience', value: number) => {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${name} is ${value}; it must be a whole number of at least 1`)
  }
  whole('epochs', options.epochs)
  whole('batchSize', options.batchSize)
  if (options.patience !== null) whole('patience', options.patience)
  if (!(options.learningRate > 0 && Number.isFinite(options.learningRate)))
    throw new RangeError(`learningRate is ${options.learningRate}; it must be a number above 0`)
  if (!(options.keepProbability > 0 && options.keepProbability <= 1))
    throw new RangeError(`keepProbability is ${options.keepProbability}; it must be in (0, 1]`)
  if (!Number.isSafeInteger(options.seed))
    throw new RangeError(`seed is ${options.seed}; it must be a whole number`)
  if (!['constant', 'cosine'].includes(options.schedule))
    throw new RangeError(`schedule is '${options.schedule}'; allowed are constant and cosine`)
  if (!['perStep', 'perSequence'].includes(options.dropout))
    throw new RangeError(`dropout is '${options.dropout}'; allowed are perStep and perSequence`)
}
