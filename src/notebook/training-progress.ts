import { type Progress, progressDisplay } from './progress.js'

/** What a training tells after a batch; epochs count from 0, accuracies lie in [0, 1]. */
export interface BatchReport {
  readonly epoch: number
  readonly batch: number
  readonly batches: number
  readonly loss: number
  readonly accuracy: number
}

/** What a training tells after an epoch. */
export interface EpochReport {
  readonly epoch: number
  readonly validationLoss: number
  readonly validationAccuracy: number
}

/** A progress display whose functions fit a training's callbacks. */
export interface TrainingProgress extends Pick<Progress, 'finish'> {
  readonly onBatch: (report: BatchReport) => void
  readonly onEpoch: (report: EpochReport) => void
}

export interface TrainingProgressOptions {
  /** What is being trained, such as "Deep on MNIST-MAJ". */
  readonly label: string
  /** How many epochs the training has. */
  readonly epochs: number
  /** How many of them were done before, for a training that is resumed; 0 by default. */
  readonly start?: number
}

/**
 * A progress display for a training: the time left, curves of loss and accuracy, and the best epoch by validation
 * accuracy. Pass `onBatch` and `onEpoch` to the training and call `finish` with how it ended.
 *
 * @throws RangeError when `epochs` is not above `start`.
 */
export function trainingProgress({ label, epochs, start = 0 }: TrainingProgressOptions): TrainingProgress {
  const progress = progressDisplay({
    label,
    total: epochs,
    start,
    metrics: {
      loss: ['training loss', 'validation loss'],
      accuracy: ['training accuracy', 'validation accuracy'],
    },
    best: { metric: 'validation accuracy', goal: 'highest' },
  })
  return {
    onBatch: ({ epoch, batch, batches, loss, accuracy }) =>
      progress.update(epoch + batch / batches, { 'training loss': loss, 'training accuracy': accuracy }),
    onEpoch: ({ epoch, validationLoss, validationAccuracy }) =>
      progress.update(epoch + 1, {
        'validation loss': validationLoss,
        'validation accuracy': validationAccuracy,
      }),
    finish: progress.finish,
  }
}
