import { join } from 'node:path'
import { projectRoot } from '../data/project-root.js'
import { useBackend } from '../network/backend.js'
import { checkParameters, type NamedValues } from '../network/parameters.js'
import {
  addressOf,
  type Configuration,
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainingResult,
} from '../training/checkpoint.js'
import { evaluateNetwork, type FitSettings, fit } from '../training/fit.js'
import { layoutOf, toFlat, toNamed } from '../training/layout.js'
import { startState } from '../training/state.js'
import { loadState, removeState, saveState } from '../training/state-file.js'
import { type ModelConfiguration, networkOf } from './configuration.js'
import { sequencesOf } from './sequences.js'

/** A trained network. */
export interface Model {
  readonly configuration: ModelConfiguration
  readonly parameters: NamedValues
  readonly result: TrainingResult
}

/** Where the checkpoint of a configuration lives. */
export const checkpointFolder = (configuration: ModelConfiguration): string =>
  join(
    projectRoot(),
    'data',
    'checkpoints',
    `${configuration.dataset}-${configuration.network}-${addressOf(configuration as unknown as Configuration)}`,
  )

export type TrainingEvents = Pick<FitSettings, 'onBatch' | 'onEpoch' | 'signal'> & {
  /** Train even where a checkpoint exists, from the start. */
  readonly retrain?: boolean
}

/** The checkpoint of a configuration; throws an Error saying how to make it where there is none. */
export async function loadModel(configuration: ModelConfiguration): Promise<Model> {
  const folder = checkpointFolder(configuration)
  if (!hasCheckpoint(folder)) {
    throw new Error(
      `there is no checkpoint ${folder}; train it with: npm run train -- --dataset ${configuration.dataset} --network ${configuration.network}`,
    )
  }
  const { parameters, result } = await loadCheckpoint(folder)
  checkParameters(networkOf(configuration).specs, parameters)
  return { configuration, parameters, result }
}

/**
 * Loads the checkpoint of a configuration or trains it, going on from where an earlier run was stopped.
 *
 * @returns null when the training was interrupted; what was trained is kept and the next call goes on from there
 */
export async function trainOrLoad(
  configuration: ModelConfiguration,
  events: TrainingEvents = {},
): Promise<Model | null> {
  const folder = checkpointFolder(configuration)
  if (!events.retrain && hasCheckpoint(folder)) return loadModel(configuration)
  const backend = await useBackend()
  const network = networkOf(configuration)
  const layout = layoutOf(network.specs)
  const address = addressOf(configuration as unknown as Configuration)
  const stateFile = join(folder, 'state.safetensors')
  const { train, validation, test } = await sequencesOf(configuration.dataset, configuration.problem)
  const resumed = events.retrain ? null : await loadState(stateFile, address, layout)
  const earlier =
    resumed === null && configuration.start ? await trainOrLoad(configuration.start, events) : null
  if (resumed === null && configuration.start && earlier === null) return null
  const start = earlier
    ? startState(layout, configuration.training.seed, toFlat(layout, earlier.parameters))
    : undefined

  const { state, ending } = await fit({
    network,
    train,
    validation,
    options: configuration.training,
    state: resumed ?? start,
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
  const { accuracy } = await evaluateNetwork(network, state.best.effective, test)
  const result: TrainingResult = {
    bestEpoch: state.best.epoch,
    history: state.history,
    ending,
    backend: backend.name,
    testAccuracy: accuracy,
  }
  await saveCheckpoint(folder, {
    configuration: configuration as unknown as Configuration,
    parameters,
    result,
  })
  await removeState(stateFile)
  return { configuration, parameters, result }
}
