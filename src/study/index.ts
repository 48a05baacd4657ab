export {
  type BesidePublished,
  besidePublished,
  type OrderKept,
  ordersKept,
} from './analysis/beside-published.js'
export {
  type PositionRow,
  type PositionSummary,
  positionAnova,
  positionRows,
  positionSummary,
} from './analysis/position.js'
export { type SeedIntervals, seedIntervals } from './analysis/seed-intervals.js'
export { type SeedPair, seedPairs } from './analysis/seed-pairs.js'
export { type SeedRow, seedSummary } from './analysis/seed-summary.js'
export { type StudyAnova, studyAnova } from './analysis/study-anova.js'
export { type StudyShares, studyShares } from './analysis/study-shares.js'
export { type CellScores, cellScores } from './cell-scores.js'
export { type Claim, claims } from './claims.js'
export { DEFAULT_DESIGN, type Design } from './design.js'
export { type EpochChoice, epochChoice, epochPlans } from './epoch-choice.js'
export {
  type PublishedAccuracy,
  type PublishedCosine,
  publishedAccuracies,
  publishedCosines,
} from './published.js'
export { type ListedCell, readCells, readDesign } from './study.js'
export { type StudyStatus, studyStatus } from './study-status.js'
export { type StudyRow, studyRows } from './study-table.js'
export { type Variant, variants } from './variants.js'
export { type Comparison, type Verdict, verdictsOf } from './verdicts.js'
