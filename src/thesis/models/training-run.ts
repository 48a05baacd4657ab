import { basename, join } from 'node:path'
import { useBackend } from '../../backend/use-backend.js'
import type { MajoritySplits } from '../../data/splits.js'
import { type Lock, waitForLock } from '../../files/lock.js'
import { rememberCheckpoint } from '../../files/read-checkpoints.js'
import { checkRoom } from '../../files/room.js'
import { removeAbandoned } from '../../files/temporary-files.js'
import { checkParameters } from '../../network/parameters.js'
import {
  addressOf,
  type Configuration,
  hasCheckpoint,
  loadCheckpoint,
  saveCheckpoint,
  type TrainingResult,
} from '../../training/checkpoint.js'
import { type BatchProgress, evaluateNetwork, type FitSettings, fit } from '../../training/fit.js'
import { type Layout, layoutOf, toFlat, toNamed } from '../../training/layout.js'
import { startState, type TrainingState } from '../../training/state.js'
import { loadState, removeState, saveState, stateBytes } from '../../training/state-file.js'
import { type ModelConfiguration, modelAddress } from './configuration.js'
import type { Model } from './model-value.js'
import { networkOf, type Plan } from './plan.js'

export type TrainingEvents = Pick<FitSettings, 'onBatch' | 'onEpoch' | 'signal'> & {
  /** Train even where a checkpoint exists; a retraining that was interrupted goes on. */
  readonly retrain?: boolean
  /** Told once before the first batch: what an interrupted training left, or null. */
  onStart?(state: TrainingState | null): void
  /** Told of each batch of an earlier phase, whose plan is given. */
  onEarlierBatch?(plan: Plan, progress: BatchProgress): void
  /** Told what the result does not show at once, such as a training that goes on on another backend. */
  onNote?(note: string): void
}

/** A training and where it keeps its files. */
export interface TrainingRun {
  readonly folder: string
  readonly plan: Plan
  readonly configuration: ModelConfiguration
  /** Reads the sequences; called when there is something to train. */
  sequences(): Promise<MajoritySplits>
  /** Trains or loads the model that the plan starts from; null when that was interrupted. */
  start(plan: Plan, events: TrainingEvents): Promise<Model | null>
}

/** Where a run keeps what it has trained until its checkpoint is whole. */
export const stateFileOf = (folder: string): string => join(folder, 'state.safetensors')

const plain = (configuration: ModelConfiguration): Configuration => configuration as unknown as Configuration

/**
 * Reads the checkpoint of a configuration from a folder.
 *
 * @throws Error naming the folder when it is damaged, belongs to another configuration or does not fit the network
 */
export async function readModel(
  folder: string,
  configuration: ModelConfiguration,
  plan: Pick<Plan, 'architecture' | 'dataset'>,
): Promise<Model> {
  const checkpoint = await loadCheckpoint(folder)
  rememberCheckpoint({ name: basename(folder), seed: configuration.training.seed })
  if (addressOf(checkpoint.configuration) !== modelAddress(configuration)) {
    throw new Error(
      `${folder} holds the checkpoint of another configuration, ${addressOf(checkpoint.configuration)}; delete it to train anew`,
    )
  }
  const { architecture, dataset } = plan
  const model = {
    architecture,
    dataset,
    configuration,
    parameters: checkpoint.parameters,
    result: checkpoint.result,
  }
  checkParameters(networkOf(model).specs, model.parameters)
  return model
}

/** Says that a process trains a network, so that another that wants the same waits for it. */
export const lockFileOf = (folder: string): string => join(folder, 'training.lock')

/**
 * Loads the checkpoint of a run or trains it, going on from where an earlier run was stopped. Where another process trains it, that one is
 * waited for, and its training goes on here when it dies.
 *
 * A state file exists from before the first batch until the checkpoint is whole, so that nothing is lost whenever the process
 * dies, and a folder that cannot be written to is noticed at once.
 *
 * @returns null when the training was interrupted; what was trained is kept and the next call goes on from there
 */
export async function loadOrRun(run: TrainingRun, events: TrainingEvents = {}): Promise<Model | null> {
  const { folder, configuration, plan } = run
  const isThere = () => !events.retrain && hasCheckpoint(folder)
  if (isThere()) return readModel(folder, configuration, plan)
  const lock = await waitForLock(lockFileOf(folder), {
    signal: events.signal,
    onWait: ({ host, pid }) =>
      events.onNote?.(
        `process ${pid} on ${host} trains this network, which is waited for; if it is gone, remove ${lockFileOf(folder)}`,
      ),
  })
  if (lock === null) return null
  try {
    return isThere() ? await readModel(folder, configuration, plan) : await trainLocked(run, events, lock)
  } finally {
    lock.release()
  }
}

async function trainLocked(run: TrainingRun, events: TrainingEvents, lock: Lock): Promise<Model | null> {
  const { folder, configuration, plan } = run
  removeAbandoned(folder)
  const backend = await useBackend()
  const network = networkOf(plan)
  const layout = layoutOf(network.specs)
  const address = modelAddress(configuration)
  const stateFile = stateFileOf(folder)
  const about = { configuration: JSON.stringify(configuration) }
  const { train, validation, test } = await run.sequences()
  const resumed = await loadState(stateFile, address, layout)
  const started = resumed ?? (await firstState(run, layout, events))
  if (started === null) return null
  goesOnOn(backend.name, started, events)
  // After each epoch the new state lies beside the one before.
  checkRoom(stateFile, 2 * stateBytes(layout))
  await saveState(stateFile, address, started, about)
  events.onStart?.(resumed)

  const { state, ending } = await fit({
    network,
    train,
    validation,
    options: configuration.training,
    state: started,
    signal: events.signal,
    onBatch: (batch) => {
      lock.touch()
      return events.onBatch?.(batch)
    },
    onEpoch: async (row, state) => {
      lock.touch()
      await saveState(stateFile, address, state, about)
      await events.onEpoch?.(row, state)
    },
  })
  if (ending === 'interrupted') {
    await saveState(stateFile, address, state, about)
    return null
  }
  const { accuracy } = await evaluateNetwork(network, state.best.effective, test)
  const parameters = toNamed(layout, state.best.effective)
  const result: TrainingResult = {
    bestEpoch: state.best.epoch,
    history: state.history,
    ending,
    backend: state.backends.join(', '),
    testAccuracy: accuracy,
  }
  await saveCheckpoint(folder, { configuration: plain(configuration), parameters, result })
  await removeState(stateFile)
  const { architecture, dataset } = plan
  return { architecture, dataset, configuration, parameters, result }
}

/** Writes down the backend that a training goes on on, and says so where it was another. */
function goesOnOn(backend: string, state: TrainingState, { onNote }: TrainingEvents): void {
  const before = state.backends.at(-1)
  if (before === backend) return
  state.backends.push(backend)
  if (before !== undefined)
    onNote?.(`it was begun on the ${before} backend and goes on on ${backend}, which rounds otherwise`)
}

/** The state before the first batch: random, or the best of the plan's start; null when that was interrupted. */
async function firstState(
  { plan, start }: TrainingRun,
  layout: Layout,
  events: TrainingEvents,
): Promise<TrainingState | null> {
  const { seed } = plan.training
  if (!plan.start) return startState(layout, seed)
  const earlier = await start(plan.start, events)
  return earlier && startState(layout, seed, toFlat(layout, earlier.parameters))
}
