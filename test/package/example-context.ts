// What examples in docstrings may name without declaring it: the public API, what notebooks add to it, and a model with sequences.
import {
  defineArchitecture,
  defineMethod,
  explain,
  gradientWalk,
  heatmapFigure,
  loadModel,
  type Model,
  majority,
  type NamedValues,
  rLstm,
  tf,
} from '../../src/index.js'

export * from '../../src/commands/command-line.js'
export { checkProblem } from '../../src/data/majority-problem.js'
export * from '../../src/index.js'
export { observeNetwork } from '../../src/network/observe.js'
export { explore, exportTable, show, showTable } from '../../src/notebook/index.js'
export { wilsonInterval } from '../../src/statistics/index.js'
export { experimentNames, layerUnits, relevanceInspector } from '../../src/thesis/index.js'
export {
  findRun,
  knownValues,
  listRuns,
  removeRun,
  runChanges,
  runCurves,
  runRows,
} from '../../src/thesis/runs/index.js'
export { didYouMean, nearestName } from '../../src/values/nearest-name.js'

export const model = await loadModel('mnist-maj', 'r-lstm')
export const { test } = await majority('mnist-maj')
export const explained = await explain(model, test, [0, 1], { method: 'deepTaylor' })
export const figure = heatmapFigure([explained.heatmap(0)])

const ofMine = defineArchitecture({ ...rLstm, id: 'mine', title: 'Mine' })
/** A model whose network has an id of its own. */
export const mine: Model = {
  ...model,
  architecture: ofMine,
  configuration: { ...model.configuration, network: ofMine.id },
}
export const steepness = defineMethod({
  id: 'steepness',
  title: 'Size of the gradient',
  attribute: ({ walk }) => tf.abs(walk(gradientWalk)),
})

// Of examples that are only checked.
export declare const tensors: NamedValues
export declare const json: unknown
export declare const bytes: Uint8Array
export declare const train: (options: { readonly jobs?: number }) => Promise<number | undefined>
