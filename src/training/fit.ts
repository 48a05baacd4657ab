import { setImmediate } from 'node:timers/promises'
import { assembleBatch, batchesOf, batchLabels, permutation } from '../data/batches.js'
import { type MajoritySequences, sequencesOfEpoch } from '../data/majority.js'
import { randomStream } from '../data/random.js'
import type { Forward } from '../network/operations.js'
import type { ParameterSpec } from '../network/parameters.js'
import { dropoutMasks } from './dropout.js'
import { layoutOf } from './layout.js'
import { toEffective } from './negative-bias.js'
import { checkTraining, type TrainingOptions } from './options.js'
import { learningRateAt } from './schedule.js'
import { type EpochRow, startState, type TrainingState } from './state.js'
import { type Batch, lossAndAccuracy } from './step.js'
import { Stepper } from './stepper.js'

/** A network as training sees it. */
export interface Trainable {
  readonly specs: readonly ParameterSpec[]
  readonly forward: Forward
}

/** Where a training stands, told after every batch. */
export interface BatchProgress {
  readonly epoch: number
  readonly batch: number
  readonly batches: number
  /** Means over the batches of this epoch so far. */
  readonly loss: number
  readonly accuracy: number
}

export interface FitSettings {
  readonly network: Trainable
  readonly train: MajoritySequences
  readonly validation: MajoritySequences
  readonly options: TrainingOptions
  /** Where to go on from; changed in place, its parameters and moments at the end of each epoch and of the training. */
  readonly state?: TrainingState
  /** Stops at the next batch, with the state whole. */
  readonly signal?: AbortSignal
  onBatch?(progress: BatchProgress): void
  onEpoch?(row: EpochRow, state: TrainingState): void | Promise<void>
}

/** Why a training ended. */
export type Ending = 'finished' | 'stopped early' | 'interrupted'

/** Sequences evaluated at once; no result depends on it. */
const EVALUATION_BATCH = 250

/**
 * Trains a network with Adam on the eleventh-logit loss, and validates it after each epoch.
 *
 * @returns the state, whose `best` holds the effective parameters of the epoch with the highest validation accuracy
 * @throws RangeError for an option out of range; Error at once when the loss is not finite, naming epoch and batch
 */
export async function fit(settings: FitSettings): Promise<{ state: TrainingState; ending: Ending }> {
  const { network, options, validation, signal } = settings
  checkTraining(options)
  const layout = layoutOf(network.specs)
  const state = settings.state ?? startState(layout, options.seed)
  const effective = new Float32Array(layout.size)
  const pixels = new Float32Array(options.batchSize * settings.train.rows * settings.train.columns)

  const drawMasks =
    options.keepProbability < 1 ? dropoutMasks(options.dropout, options.keepProbability) : null

  // A state may come from a file written just before its training stopped early.
  const exhausted = () => options.patience !== null && state.epoch - 1 - state.best.epoch >= options.patience

  while (state.epoch < options.epochs && !exhausted()) {
    const train = sequencesOfEpoch(settings.train, state.epoch)
    const batches = batchesOf(permutation(train.count, options.seed, state.epoch), options.batchSize)
    const rateAt = (batch: number) =>
      learningRateAt(
        options.schedule,
        options.learningRate,
        (state.epoch + batch / batches.length) / options.epochs,
      )

    const stepper = new Stepper(network.forward, layout, state)
    try {
      while (state.batch < batches.length) {
        if (signal?.aborted) break
        const which = batches[state.batch]!
        const masks = drawMasks?.(
          which.length,
          randomStream(options.seed, 'dropout', state.epoch, state.batch),
        )
        const { loss, correct } = stepper.step(batchOf(train, which, pixels), rateAt(state.batch), masks)
        checkLoss('loss', loss, `epoch ${state.epoch + 1}, batch ${state.batch + 1}`, options)
        state.batch++
        state.lossSum += loss * which.length
        state.correct += correct
        const seen = Math.min(state.batch * options.batchSize, train.count)
        settings.onBatch?.({
          epoch: state.epoch,
          batch: state.batch,
          batches: batches.length,
          loss: state.lossSum / seen,
          accuracy: state.correct / seen,
        })
        // Lets an interrupt, a progress display or a timer have its turn.
        await setImmediate()
      }
      stepper.save()
    } finally {
      stepper.dispose()
    }
    if (state.batch < batches.length) return { state, ending: 'interrupted' }

    toEffective(layout, state.trained, effective)
    const { loss, accuracy } = await evaluateNetwork(network, effective, validation)
    checkLoss('validation loss', loss, `the end of epoch ${state.epoch + 1}`, options)
    const row: EpochRow = {
      epoch: state.epoch,
      learningRate: rateAt(0),
      loss: state.lossSum / train.count,
      accuracy: state.correct / train.count,
      validationLoss: loss,
      validationAccuracy: accuracy,
    }
    if (isBetter(row, state)) state.best = { epoch: state.epoch, effective: effective.slice() }
    state.history.push(row)
    state.epoch++
    state.batch = 0
    state.lossSum = 0
    state.correct = 0
    await settings.onEpoch?.(row, state)
  }
  return { state, ending: exhausted() ? 'stopped early' : 'finished' }
}

function checkLoss(what: string, loss: number, where: string, { learningRate }: TrainingOptions): void {
  if (Number.isFinite(loss)) return
  throw new Error(`the ${what} is ${loss} at ${where}; try a learning rate below ${learningRate}`)
}

/** The mean loss and the accuracy in [0, 1] of effective parameters on sequences. */
export async function evaluateNetwork(
  network: Trainable,
  effective: Float32Array,
  sequences: MajoritySequences,
): Promise<{ loss: number; accuracy: number }> {
  const layout = layoutOf(network.specs)
  const pixels = new Float32Array(EVALUATION_BATCH * sequences.rows * sequences.columns)
  let lossSum = 0
  let correctSum = 0
  for (const which of batchesOf(
    Int32Array.from({ length: sequences.count }, (_, i) => i),
    EVALUATION_BATCH,
  )) {
    const { loss, correct } = lossAndAccuracy(
      network.forward,
      layout,
      effective,
      batchOf(sequences, which, pixels),
    )
    lossSum += loss * which.length
    correctSum += correct
    await setImmediate()
  }
  return { loss: lossSum / sequences.count, accuracy: correctSum / sequences.count }
}

function batchOf(sequences: MajoritySequences, which: Int32Array, pixels: Float32Array): Batch {
  return {
    x: assembleBatch(sequences, which, pixels),
    shape: [which.length, sequences.rows, sequences.columns],
    labels: batchLabels(sequences, which),
  }
}

function isBetter(row: EpochRow, state: TrainingState): boolean {
  const best = state.history[state.best.epoch]
  if (best === undefined || row.validationAccuracy > best.validationAccuracy) return true
  return row.validationAccuracy === best.validationAccuracy && row.validationLoss < best.validationLoss
}
