export { itemRelevance } from './item-relevance.js'
export {
  defineMeasure,
  type Measure,
  type MeasuredProblem,
  type Probe,
  type RelevanceMeasure,
  type ScoredBatch,
  type ScoredSequence,
} from './measure.js'
export { cosine } from './measures/cosine.js'
export { flippedPixels } from './pixel-flipping.js'
export { type BatchScores, scoreBatch } from './score.js'
