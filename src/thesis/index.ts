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
  type DatasetName,
  datasetNames,
  geometryOf,
  type ModelConfiguration,
  networkOf,
  type Problem,
  THESIS_PROBLEM,
} from './models/configuration.js'
export { type Experiment, type ExperimentParameters, experiment } from './models/experiment.js'
export { historyRows, type TrainingPhase, trainingPhases } from './models/history-rows.js'
export { loadModels } from './models/load-models.js'
export { checkpointFolder, loadModel, trainOrLoad } from './models/model.js'
export { randomParameters, randomSequences } from './models/random-network.js'
export { recipe, recipes } from './models/recipes.js'
export { sequencesOf } from './models/sequences.js'
export {
  experimentFolder,
  type SubsetTrainingEvents,
  subsetOf,
  trainOnSubset,
} from './models/train-on-subset.js'
export { type ProgressTrainingOptions, trainWithProgress } from './models/train-with-progress.js'
export type { Model, TrainingEvents } from './models/training-run.js'
export { isUnfinished } from './models/unfinished-model.js'
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
