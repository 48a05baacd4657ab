import type { EpochRow } from '../../training/state.js'
import type { Model } from './model-value.js'
import type { Plan } from './plan.js'
import { isPortable } from './plan-reference.js'
import { trainOnSubset } from './train-on-subset.js'
import { isUnfinished } from './unfinished-model.js'

/** What is needed of a progress display. */
interface Display {
  update(done: number, values?: Readonly<Record<string, number>>): void
  finish(ended?: string): void
}

/** Makes a progress display, as `progressDisplay` of the notebook folder does. */
export type DisplayFactory = (options: {
  readonly label: string
  readonly total: number
  readonly start?: number
  readonly metrics?: Readonly<Record<string, readonly string[]>>
  readonly best?: { readonly metric: string; readonly goal: 'highest' | 'lowest' }
}) => Display

export interface ProgressTrainingOptions {
  readonly display: DisplayFactory
  readonly signal?: AbortSignal
  readonly retrain?: boolean
  /** As in `SubsetTrainingEvents`. */
  readonly folder?: string
}

const METRICS = {
  Loss: ['training loss', 'validation loss'],
  Accuracy: ['training accuracy', 'validation accuracy'],
} as const

/**
 * As `trainOnSubset`, with the epochs, a live curve of loss and accuracy, and the best epoch so far on a display.
 *
 * @returns what was trained so far when it was interrupted, see `isUnfinished`; the next call goes on from there
 */
export async function trainWithProgress(
  plan: Plan,
  { display, ...options }: ProgressTrainingOptions,
): Promise<Model> {
  const { epochs } = plan.training
  const label = labelOf(plan)
  const open = (start: number) =>
    display({
      label,
      total: epochs,
      // A training that was stopped while it was tested has no epoch left.
      start: Math.min(start, epochs - 0.001),
      metrics: METRICS,
      best: { metric: 'validation accuracy', goal: 'highest' },
    })
  const shown: { at: Display | null } = { at: null }
  const notes: string[] = []
  const model = await trainOnSubset(plan, {
    ...options,
    onStart: (state) => {
      shown.at = open(state ? state.epoch : 0)
      for (const row of state?.history ?? []) draw(shown.at, row)
    },
    onBatch: ({ epoch, batch, batches, loss, accuracy }) =>
      shown.at?.update(epoch + batch / batches, { 'training loss': loss, 'training accuracy': accuracy }),
    onNote: (note) => {
      notes.push(note)
    },
    onEpoch: (row) => {
      if (shown.at) drawValidation(shown.at, row)
    },
  })
  if (shown.at === null) {
    // Nothing was trained: the curve of the checkpoint tells the same story.
    const loaded = open(0)
    for (const row of model.result.history) draw(loaded, row)
    loaded.finish('loaded from its checkpoint')
  } else shown.at.finish([endingOf(model), ...notes].join('; '))
  return model
}

/** What is trained on what; and where, since of values that no other process can load this is the only one. */
function labelOf(plan: Plan): string {
  const { architecture, dataset, sequences } = plan
  const on = sequences === undefined ? dataset.title : `${sequences.toLocaleString('en')} sequences`
  return `${architecture.title} on ${on}${isPortable(plan) ? '' : ', in this process'}`
}

const endingOf = (model: Model): string =>
  isUnfinished(model) ? 'unfinished: interrupted; run the cell again to go on' : model.result.ending

function draw(display: Display, row: EpochRow): void {
  display.update(row.epoch + 1, { 'training loss': row.loss, 'training accuracy': row.accuracy })
  drawValidation(display, row)
}

const drawValidation = (display: Display, row: EpochRow): void =>
  display.update(row.epoch + 1, {
    'validation loss': row.validationLoss,
    'validation accuracy': row.validationAccuracy,
  })
