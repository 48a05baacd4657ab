export {
  absoluteGradient,
  type BoxPosition,
  type BoxProblem,
  type BoxRow,
  type BoxTestOptions,
  boxTest,
  type PublishedBoxNumber,
  publishedBoxNumbers,
} from './controls/box/index.js'
export {
  countingNetworks,
  countingOverview,
  countingSummary,
  countingTest,
} from './controls/counting/index.js'
export {
  type LatenessOptions,
  type LatenessRow,
  latenessTable,
  lengthened,
  type PositionRow,
  positionTable,
  type StateRow,
  stateLedger,
} from './controls/lateness/index.js'
export {
  type RandomisationOptions,
  type RandomisationRow,
  randomisationTable,
} from './controls/randomisation/index.js'
export { type ControlRow, controlScores, evaluateControls } from './controls/scores/index.js'
export {
  type AgreementOptions,
  type AgreementRow,
  agreementTable,
  type BatchesOptions,
  type Conservation,
  conservation,
  type EvaluateModelsOptions,
  type EvaluateOptions,
  type ExplainedBatch,
  evaluateModel,
  evaluateModels,
  evaluateModelsOnce,
  explainInBatches,
  type ModelEvaluation,
  meanOfLists,
  oddClasses,
  type PairRow,
  type PixelFlippingOptions,
  type Predictions,
  pairTable,
  pixelFlippingTable,
  relevanceByNetwork,
  relevantShare,
  type ScoreRow,
  type SequenceRelevance,
  type SequenceRelevanceOptions,
  type SpreadRow,
  type SummaryRow,
  scoreTable,
  sequenceRelevance,
  shares,
  spreadTable,
  summaryTable,
  type Verdict,
  verdictOf,
} from './evaluation/index.js'
export { type ExplainOptions, explain, SequenceExplanations } from './explain.js'
export { importedModel, methodOutcomes } from './imported/index.js'
export { type InspectOptions, inspect } from './inspector/inspect.js'
export { relevanceInspector } from './inspector/inspector.js'
export type { InspectorChoice } from './inspector/inspector-choice.js'
export type { InspectorSource } from './inspector/inspector-source.js'
export {
  configurationOf,
  type ExperimentParameters,
  experiment,
  experimentNames,
  geometryOf,
  historyRows,
  isUnfinished,
  layerUnits,
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
  shuffledRecipe,
  subsetOf,
  THESIS_PROBLEM,
  type TrainingEvents,
  type TrainingPhase,
  trainingPhases,
  trainOnSubset,
  trainOrLoad,
  trainWithProgress,
  untrainedModel,
} from './models/index.js'
export { networkRow, type ParameterRow, parameterRows } from './network-rows.js'
export {
  inequality,
  inWords,
  largest,
  listed,
  type Named,
  percent,
  smallest,
} from './reading/sentences.js'
export { type TableOf, tableOf } from './reading/table-of.js'
export { chooseSamples, relevantItems } from './samples/choose-samples.js'
export { datasetRows } from './samples/dataset-rows.js'
export {
  type ExplainedRow,
  type HeatmapRowsOptions,
  heatmapRows,
  methodRow,
  problemRow,
} from './samples/sample-rows.js'
export { sequencePixels } from './samples/sequence-pixels.js'
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
