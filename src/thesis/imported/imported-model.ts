import { useBackend } from '../../backend/use-backend.js'
import type { Dataset } from '../../data/dataset.js'
import type { Imported } from '../../importing/index.js'
import { evaluateNetwork } from '../../training/fit.js'
import { layoutOf, toFlat } from '../../training/layout.js'
import { configurationOf } from '../models/configuration.js'
import { majority } from '../models/majority.js'
import type { Model } from '../models/model-value.js'
import { networkOf } from '../models/plan.js'
import { geometryOf, type Problem, problemOf } from '../models/problem.js'
import { DEFAULT_TRAINING } from '../models/recipes.js'
import { datasetOf } from '../values/value-of.js'

const SIZES = ['rows', 'stepColumns', 'steps', 'classes'] as const

/**
 * An imported model as a model on the majority problem of a dataset, to be explained, inspected and evaluated like one that was trained
 * here. Its test accuracy is measured.
 *
 * @param dataset a value, or an id or file as `datasetOf` takes it
 * @param changes of the problem. Default: the thesis's problem, read as many columns at a time as the model reads
 * @throws RangeError where the problem's sequences do not have the size that the model reads
 * @example
 * const model = await importedModel(await importModel('my-model/model.json'), 'mnist-maj')
 * await explain(model, (await majority('mnist-maj')).test, [0, 1], { method: 'lrpEpsilon' })
 */
export async function importedModel(
  { architecture, geometry, units, parameters }: Imported,
  dataset: string | Dataset,
  changes: Partial<Problem> = {},
): Promise<Model> {
  const { name: backend } = await useBackend()
  const images = await datasetOf(dataset)
  const problem = problemOf(images, { stepColumns: geometry.stepColumns, ...changes })
  const sequences = geometryOf(problem, images)
  const other = SIZES.find((size) => sequences[size] !== geometry[size])
  if (other !== undefined)
    throw new RangeError(
      `${architecture.id} reads sequences of ${other} = ${geometry[other]}; those of this problem on ${images.id} have ${other} = ${sequences[other]}`,
    )
  // No epoch was trained here.
  const training = { ...DEFAULT_TRAINING, epochs: 0 }
  const plan = { architecture, dataset: images, problem, units, training }
  const network = networkOf(plan)
  const { test } = await majority(images, problem)
  const { accuracy } = await evaluateNetwork(network, toFlat(layoutOf(network.specs), parameters), test)
  return {
    architecture,
    dataset: images,
    configuration: await configurationOf(plan),
    parameters,
    result: { bestEpoch: 0, history: [], ending: 'imported', backend, testAccuracy: accuracy },
  }
}
