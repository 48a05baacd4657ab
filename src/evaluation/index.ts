export { rankAgreement, topAgreement } from './agreement.js'
export { infidelityBeyondEvenness, infidelityOf } from './infidelity.js'
export { itemRelevance } from './item-relevance.js'
export {
  areaUnderPrecision,
  areaUnderRecall,
  type MaskMeasure,
  maskMeasures,
  weightedJaccard,
} from './masks/index.js'
export {
  defineMeasure,
  type Measure,
  type MeasuredProblem,
  type Probe,
  type RelevanceMeasure,
  type ScoredBatch,
  type ScoredSequence,
} from './measure.js'
export { completeness, completenessOfEvidence } from './measures/completeness.js'
export { cosine } from './measures/cosine.js'
export { cosineBeyondChance, cosineBeyondChanceCeiling } from './measures/cosine-beyond-chance.js'
export { deletion, insertion } from './measures/deletion-insertion.js'
export { infidelity } from './measures/infidelity.js'
export { irrelevantLeast } from './measures/irrelevant-least.js'
export { itemFlipping } from './measures/item-flipping.js'
export { itemRanking } from './measures/item-ranking.js'
export { pixelFlipping } from './measures/pixel-flipping.js'
export { pointingGame, pointingGameOf } from './measures/pointing-game.js'
export { relevanceMass, relevanceMassOf } from './measures/relevance-mass.js'
export { relevanceRank, relevanceRankOf } from './measures/relevance-rank.js'
export { robustness } from './measures/robustness.js'
export { type SensitivityNOptions, sensitivityN, sensitivityNOf } from './measures/sensitivity-n.js'
export { sparsity } from './measures/sparsity.js'
export { flippedPixels } from './pixel-flipping.js'
export type { RelevancePart } from './relevance-part.js'
export { type BatchScores, scoreBatch } from './score.js'
