import { join } from 'node:path'
import { useBackend } from '../../backend/use-backend.js'
import type { MajoritySplits } from '../../data/splits.js'
import { checkParameters, type NamedValues } from '../../network/parameters.js'
import {
  addressOf,
  type Configuration,
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainingResult,
} from '../../training/checkpoint.js'
import { evaluateNetwork, type FitSettings, fit } from '../../training/fit.js'
import { type Layout, layoutOf, toFlat, toNamed } from '../../training/layout.js'
import { startState, type TrainingState } from '../../training/state.js'
import { loadState, removeState, saveState } from '../../training/state-file.js'
import { type ModelConfiguration, networkOf } from './configuration.js'

/** A trained network. */
export interface Model {
  readonly configuration: ModelConfiguration
  readonly parameters: NamedValues
  readonly result: TrainingResult
}

export type TrainingEvents = Pick<FitSettings, 'onBatch' | 'onEpoch' | 'signal'> & {
  /** Train even where a checkpoint exists; a retraining that was interrupted goes on. */
  readonly retrain?: boolean
  /** Told once before the first batch: what an interrupted training left, or null. */
  onStart?(state: TrainingState | null): void
}

/** A training and where it keeps its files. */
export interface TrainingRun {
  readonly folder: string
  readonly configuration: ModelConfiguration
  /** Reads the sequences; called when there is something to train. */
  sequences(): Promise<MajoritySplits>
  /** Trains or loads the model that the configuration starts from; null when that was interrupted. */
  start(configuration: ModelConfiguration): Promise<Model | null>
}

/** Where a run keeps what it has trained until its checkpoint is whole. */
export const stateFileOf = (folder: string): string => join(folder, 'state.safetensors')

const plain = (configuration: ModelConfiguration): Configuration => configuration as unknown as Configuration

/** The address of a model's configuration, by which its folder is named. */
export const modelAddress = (configuration: ModelConfiguration): string => addressOf(plain(configuration))

/**
 * Reads the checkpoint of a configuration from a folder.
 *
 * @throws Error naming the folder when it is damaged, belongs to another configuration or does not fit the network
 */
export async function readModel(folder: string, configuration: ModelConfiguration): Promise<Model> {
  const checkpoint = await loadCheckpoint(folder)
  if (addressOf(checkpoint.configuration) !== modelAddress(configuration)) {
    throw new Error(
      `${folder} holds the checkpoint of another configuration, ${addressOf(checkpoint.configuration)}; delete it to train anew`,
    )
  }
  checkParameters(networkOf(configuration).specs, checkpoint.parameters)
  return { configuration, parameters: checkpoint.parameters, result: checkpoint.result }
}

/**
 * Loads the checkpoint of a run or trains it, going on from where an earlier run was stopped.
 *
 * A state file exists from the first epoch until the checkpoint is whole, so that nothing is lost whenever the process dies.
 *
 * @returns null when the training was interrupted; what was trained is kept and the next call goes on from there
 */
export async function loadOrRun(run: TrainingRun, events: TrainingEvents = {}): Promise<Model | null> {
  const { folder, configuration } = run
  if (!events.retrain && hasCheckpoint(folder)) return readModel(folder, configuration)
  const backend = await useBackend()
  const network = networkOf(configuration)
  const layout = layoutOf(network.specs)
  const address = modelAddress(configuration)
  const stateFile = stateFileOf(folder)
  const { train, validation, test } = await run.sequences()
  const resumed = await loadState(stateFile, address, layout)
  const started = resumed ?? (await firstState(run, layout))
  if (started === null) return null
  // The start of a later phase may have been long in the making.
  if (resumed === null && configuration.start) await saveState(stateFile, address, started)
  events.onStart?.(resumed)

  const { state, ending } = await fit({
    network,
    train,
    validation,
    options: configuration.training,
    state: started,
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
  await saveCheckpoint(folder, { configuration: plain(configuration), parameters, result })
  await removeState(stateFile)
  return { configuration, parameters, result }
}

/** The state before the first batch: random, or the best of the configuration's start; null when that was interrupted. */
async function firstState(
  { configuration, start }: TrainingRun,
  layout: Layout,
): Promise<TrainingState | null> {
  const { seed } = configuration.training
  if (!configuration.start) return startState(layout, seed)
  const earlier = await start(configuration.start)
  return earlier && startState(layout, seed, toFlat(layout, earlier.parameters))
}
