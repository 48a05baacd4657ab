export {
  type DatasetName,
  datasetNames,
  geometryOf,
  type ModelConfiguration,
  networkOf,
  type Problem,
  THESIS_PROBLEM,
} from './configuration.js'
export { type EvaluateOptions, evaluateModel, type ModelEvaluation } from './evaluate-model.js'
export { type EvaluateModelsOptions, evaluateModels } from './evaluate-models.js'
export { evaluateModelsOnce } from './evaluation-cache.js'
export { type EvaluationRow, evaluationRows, type Predictions } from './evaluation-rows.js'
export { type ExplainSequencesOptions, explainSequences } from './explain-sequences.js'
export { checkpointFolder, loadModel, type Model, type TrainingEvents, trainOrLoad } from './model.js'
export { recipe, recipes } from './recipes.js'
export { sequencesOf } from './sequences.js'
