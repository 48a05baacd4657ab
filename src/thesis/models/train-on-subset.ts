import { join } from 'node:path'
import { permutation } from '../../data/batches.js'
import { type MajoritySequences, majoritySequences } from '../../data/majority.js'
import { projectRoot } from '../../files/project-root.js'
import { hasCheckpoint } from '../../training/checkpoint.js'
import type { Experiment } from './experiment.js'
import { checkpointFolder, loadModel, trainOrLoad } from './model.js'
import { sequencesOf } from './sequences.js'
import { loadOrRun, type Model, modelAddress, type TrainingEvents, type TrainingRun } from './training-run.js'
import { unfinishedModel } from './unfinished-model.js'

export interface SubsetTrainingEvents extends TrainingEvents {
  /** Where checkpoints go; `results/checkpoints` of the project unless told. */
  readonly folder?: string
}

/** The same problem made for and from `count` of the images, drawn by the seed; all of them where there are fewer. */
export function subsetOf(sequences: MajoritySequences, count: number): MajoritySequences {
  if (count >= sequences.count) return sequences
  const { images, seed, split, freshSequences, itemsPerSequence, majority, classes, stepColumns } = sequences
  const chosen = permutation(sequences.count, seed).subarray(0, count)
  const which = Int32Array.from(chosen, (s) => sequences.anchors[s]!)
  return majoritySequences({
    images,
    which,
    seed,
    split,
    freshSequences,
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
): string => join(folder, `${experiment.dataset}-${experiment.network}-${modelAddress(experiment)}`)

/**
 * Trains on `sequences` of the training sequences, validates on a quarter as many and tests on as many (so far as there
 * are), or loads what the same experiment gave before; an interrupted training goes on where it was stopped.
 *
 * An experiment on all sequences whose configuration has a shipped checkpoint loads that.
 *
 * @returns what was trained so far when it was interrupted, see `isUnfinished`
 */
export async function trainOnSubset(
  experiment: Experiment,
  events: SubsetTrainingEvents = {},
): Promise<Model> {
  const { sequences, ...configuration } = experiment
  const shipped = checkpointFolder(configuration)
  const all = await sequencesOf(experiment.dataset, experiment.problem)
  if (!events.retrain && sequences >= all.train.count && hasCheckpoint(shipped))
    return loadModel(configuration)
  const run: TrainingRun = {
    folder: experimentFolder(experiment, events.folder),
    configuration: experiment,
    sequences: async () => ({
      train: subsetOf(all.train, sequences),
      validation: subsetOf(all.validation, Math.ceil(sequences / 4)),
      test: subsetOf(all.test, sequences),
    }),
    start: (earlier) => trainOrLoad(earlier, { signal: events.signal }),
  }
  return (await loadOrRun(run, events)) ?? unfinishedModel(run)
}
