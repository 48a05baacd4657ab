import { join } from 'node:path'
import { permutation } from '../data/batches.js'
import { type MajoritySequences, majoritySequences } from '../data/majority.js'
import { projectRoot } from '../data/project-root.js'
import { useBackend } from '../network/backend.js'
import {
  addressOf,
  type Configuration,
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainingResult,
} from '../training/checkpoint.js'
import { evaluateNetwork, fit } from '../training/fit.js'
import { layoutOf, toNamed } from '../training/layout.js'
import type { TrainingState } from '../training/state.js'
import { loadState, removeState, saveState } from '../training/state-file.js'
import { networkOf } from './configuration.js'
import type { Experiment } from './experiment.js'
import { checkpointFolder, loadModel, type Model, type TrainingEvents } from './model.js'
import { sequencesOf } from './sequences.js'

export interface SubsetTrainingEvents extends TrainingEvents {
  /** Told once before the first batch: a fresh state, or the one that an interrupted training left. */
  onStart?(state: TrainingState | null): void
  /** Where checkpoints go; `results/checkpoints` of the project unless told. */
  readonly folder?: string
}

/** The same problem made for and from `count` of the images, drawn by the seed; all of them where there are fewer. */
export function subsetOf(sequences: MajoritySequences, count: number): MajoritySequences {
  if (count >= sequences.count) return sequences
  const { images, seed, split, stationary, itemsPerSequence, majority, classes, stepColumns } = sequences
  const chosen = permutation(sequences.count, seed).subarray(0, count)
  const which = Int32Array.from(chosen, (s) => sequences.anchors[s]!)
  return majoritySequences({
    images,
    which,
    seed,
    split,
    stationary,
    items: itemsPerSequence,
    majority,
    classes,
    stepColumns,
  })
}

/** Where the checkpoint of an experiment lives. */
export const experimentFolder = (
  experiment: Experiment,
  folder: string = join(projectRoot(), 'results', 'checkpoints'),
): string => join(folder, `${experiment.dataset}-${experiment.network}-${addressOf(plain(experiment))}`)

/**
 * Trains on `sequences` of the training sequences, validates on a quarter as many and tests on as many (so far as there
 * are), or loads what the same experiment gave before; an interrupted training goes on where it was stopped.
 *
 * An experiment on all sequences whose configuration has a shipped checkpoint loads that.
 *
 * @returns null when the training was interrupted; what was trained is kept
 */
export async function trainOnSubset(
  experiment: Experiment,
  events: SubsetTrainingEvents = {},
): Promise<Model | null> {
  const { sequences, ...configuration } = experiment
  const splits = await sequencesOf(experiment.dataset, experiment.problem)
  const folder = experimentFolder(experiment, events.folder)
  if (!events.retrain) {
    if (sequences >= splits.train.count && hasCheckpoint(checkpointFolder(configuration)))
      return loadModel(configuration)
    if (hasCheckpoint(folder)) {
      const { parameters, result } = await loadCheckpoint(folder)
      return { configuration, parameters, result }
    }
  }
  const backend = await useBackend()
  const network = networkOf(experiment)
  const layout = layoutOf(network.specs)
  const address = addressOf(plain(experiment))
  const stateFile = join(folder, 'state.safetensors')
  const resumed = events.retrain ? null : await loadState(stateFile, address, layout)
  events.onStart?.(resumed)

  const { state, ending } = await fit({
    network,
    train: subsetOf(splits.train, sequences),
    validation: subsetOf(splits.validation, Math.ceil(sequences / 4)),
    options: experiment.training,
    state: resumed ?? undefined,
    signal: events.signal,
    onBatch: events.onBatch,
    onEpoch: async (row, state) => {
      await saveState(stateFile, address, state)
      await events.onEpoch?.(row, state)
    },
  })
  if (ending === 'interrupted') {
    await saveState(stateFile, address, state)
    return null
  }
  const parameters = toNamed(layout, state.best.effective)
  const { accuracy } = await evaluateNetwork(network, state.best.effective, subsetOf(splits.test, sequences))
  const result: TrainingResult = {
    bestEpoch: state.best.epoch,
    history: state.history,
    ending,
    backend: backend.name,
    testAccuracy: accuracy,
  }
  await saveCheckpoint(folder, { configuration: plain(experiment), parameters, result })
  await removeState(stateFile)
  return { configuration, parameters, result }
}

const plain = (experiment: Experiment): Configuration => experiment as unknown as Configuration
