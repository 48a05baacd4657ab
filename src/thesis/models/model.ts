import type { Architecture } from '../../architectures/index.js'
import type { Dataset } from '../../data/dataset.js'
import { checkpointFolder, findCheckpoint, whyMissing } from './checkpoint-folders.js'
import { configurationOf } from './configuration.js'
import type { Model } from './model-value.js'
import type { Plan } from './plan.js'
import { recipeOf } from './recipes.js'
import { sequencesOf, wholePlan } from './subset.js'
import { loadOrRun, readModel, type TrainingEvents, type TrainingRun } from './training-run.js'

/**
 * The trained network of a plan, or of a dataset and a network by their recipe.
 *
 * @param dataset a value, the id of one that is shipped or found, or a file, as `datasetOf` takes it
 * @param network as `architectureOf` takes it
 * @throws Error saying how to train it where there is no checkpoint
 * @example const model = await loadModel('mnist-maj', 'r-lstm')
 */
export async function loadModel(dataset: string | Dataset, network: string | Architecture): Promise<Model>
export async function loadModel(plan: Plan): Promise<Model>
export async function loadModel(
  first: Plan | string | Dataset,
  network?: string | Architecture,
): Promise<Model> {
  const plan = await wholePlan(isPlan(first) ? first : await recipeOf(first, network ?? missingNetwork()))
  const configuration = await configurationOf(plan)
  const folder = findCheckpoint(configuration)
  if (folder === null) throw new Error(whyMissing(plan, configuration))
  return readModel(folder, configuration, plan)
}

const isPlan = (given: Plan | string | Dataset): given is Plan =>
  typeof given === 'object' && 'architecture' in given

function missingNetwork(): never {
  throw new Error("loadModel needs a network too, e.g. loadModel('mnist-maj', 'r-lstm'), or a plan alone")
}

/**
 * Loads the checkpoint of a plan or trains it, and before it the one it starts from; an interrupted training goes on from
 * where it was stopped.
 *
 * @returns null when the training was interrupted; what was trained is kept and the next call goes on from there
 */
export const trainOrLoad = async (plan: Plan, events: TrainingEvents = {}): Promise<Model | null> =>
  loadOrRun(await runOf(plan, events), events)

/** The training of a plan. Default folder: where checkpoints of such plans are kept. */
export async function runOf(
  given: Plan,
  { folder: parent, retrain }: { readonly folder?: string; readonly retrain?: boolean } = {},
): Promise<TrainingRun> {
  const plan = await wholePlan(given)
  const configuration = await configurationOf(plan)
  return {
    folder: checkpointFolder(plan, configuration, { parent, retrain }),
    plan,
    configuration,
    sequences: () => sequencesOf(plan),
    start: async (earlier, { signal, onNote, onEarlierBatch }) =>
      loadOrRun(await runOf(earlier, { folder: parent }), {
        signal,
        onNote,
        onEarlierBatch,
        onBatch: (progress) => onEarlierBatch?.(earlier, progress),
      }),
  }
}
