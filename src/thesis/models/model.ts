import { join } from 'node:path'
import { projectRoot } from '../../files/project-root.js'
import { hasCheckpoint } from '../../training/checkpoint.js'
import type { ModelConfiguration } from './configuration.js'
import { sequencesOf } from './sequences.js'
import { loadOrRun, type Model, modelAddress, readModel, type TrainingEvents } from './training-run.js'

/** Where the checkpoint of a configuration lives. */
export const checkpointFolder = (configuration: ModelConfiguration): string =>
  join(
    projectRoot(),
    'data',
    'checkpoints',
    `${configuration.dataset}-${configuration.network}-${modelAddress(configuration)}`,
  )

/** The checkpoint of a configuration; throws an Error saying how to make it where there is none. */
export async function loadModel(configuration: ModelConfiguration): Promise<Model> {
  const folder = checkpointFolder(configuration)
  if (!hasCheckpoint(folder)) {
    throw new Error(
      `there is no checkpoint ${folder}; train it with: npm run train -- --dataset ${configuration.dataset} --network ${configuration.network}`,
    )
  }
  return readModel(folder, configuration)
}

/**
 * Loads the checkpoint of a configuration or trains it, and before it the one it starts from; an interrupted training goes
 * on from where it was stopped.
 *
 * @returns null when the training was interrupted; what was trained is kept and the next call goes on from there
 */
export function trainOrLoad(
  configuration: ModelConfiguration,
  events: TrainingEvents = {},
): Promise<Model | null> {
  return loadOrRun(
    {
      folder: checkpointFolder(configuration),
      configuration,
      sequences: () => sequencesOf(configuration.dataset, configuration.problem),
      start: (earlier) => trainOrLoad(earlier, events),
    },
    events,
  )
}
