export { className } from './class-names.js'
export {
  claimedPairs,
  type Evaluated,
  type PairRow,
  pairRows,
  type SpreadRow,
  spreadRows,
  type Verdict,
  verdictOf,
} from './evaluation/claims.js'
export { classDependence, oddClasses } from './evaluation/class-dependence.js'
export { type Conservation, conservation } from './evaluation/conservation.js'
export { type EvaluateOptions, evaluateModel, type ModelEvaluation } from './evaluation/evaluate-model.js'
export { type EvaluateModelsOptions, evaluateModels } from './evaluation/evaluate-models.js'
export { evaluateModelsOnce } from './evaluation/evaluation-cache.js'
export { type ExplainSequencesOptions, explainSequences } from './evaluation/explain-sequences.js'
export { type PixelFlippingOptions, pixelFlippingRows } from './evaluation/pixel-flipping-rows.js'
export { type EvaluationRow, evaluationRows, type Predictions } from './evaluation/score-table.js'
export {
  meanOfLists,
  relevanceByNetwork,
  relevantShare,
  type SequenceRelevance,
  type SequenceRelevanceOptions,
  sequenceRelevance,
  shares,
} from './evaluation/sequence-relevance.js'
export { type SummaryRow, summaryRows } from './evaluation/summary-table.js'
export { type InspectOptions, inspect } from './inspector/inspect.js'
export { type InspectorChoice, type InspectorSource, relevanceInspector } from './inspector/inspector.js'
export {
  configurationOf,
  type ExperimentParameters,
  experiment,
  geometryOf,
  historyRows,
  isUnfinished,
  loadModel,
  loadModels,
  type Model,
  type ModelConfiguration,
  majority,
  networkOf,
  type Plan,
  type Problem,
  type ProgressTrainingOptions,
  planOf,
  problemOf,
  randomParameters,
  randomSequences,
  recipe,
  recipeOf,
  recipes,
  type SubsetTrainingEvents,
  subsetOf,
  THESIS_PROBLEM,
  type TrainingEvents,
  type TrainingPhase,
  trainingPhases,
  trainOnSubset,
  trainOrLoad,
  trainWithProgress,
} from './models/index.js'
export { networkRow, type ParameterRow, parameterRows } from './network-rows.js'
export {
  increases,
  inequality,
  inWords,
  largest,
  listed,
  type Named,
  percent,
  smallest,
} from './reading/sentences.js'
export { chooseSamples, relevantItems } from './samples/choose-samples.js'
export { datasetRows } from './samples/dataset-rows.js'
export { heatmapRows, methodRow, problemRow, sequencePixels } from './samples/sample-rows.js'
export {
  architectureOf,
  type Catalogue,
  catalogue,
  datasetOf,
  measureOf,
  methodOf,
  type Origin,
  originOf,
  referenceOf,
} from './values/index.js'
