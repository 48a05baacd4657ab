export { type AgreementOptions, type AgreementRow, agreementTable } from './agreement-table.js'
export {
  type PairRow,
  pairTable,
  type SpreadRow,
  spreadTable,
  type Verdict,
  verdictOf,
} from './claims.js'
export { type Conservation, conservation } from './conservation.js'
export { type EvaluateOptions, evaluateModel } from './evaluate-model.js'
export { type EvaluateModelsOptions, evaluateModels } from './evaluate-models.js'
export type { ModelEvaluation } from './evaluation.js'
export { evaluateModelsOnce } from './evaluation-cache.js'
export { type BatchesOptions, type ExplainedBatch, explainInBatches } from './explain-in-batches.js'
export { oddClasses } from './odd-classes.js'
export { type PixelFlippingOptions, pixelFlippingTable } from './pixel-flipping-table.js'
export { type Predictions, type ScoreRow, scoreTable } from './score-table.js'
export {
  meanOfLists,
  relevanceByNetwork,
  relevantShare,
  type SequenceRelevance,
  type SequenceRelevanceOptions,
  sequenceRelevance,
  shares,
} from './sequence-relevance.js'
export { type SummaryRow, summaryTable } from './summary-table.js'
