/**
 * `executable-thesis/core`: what runs anywhere, also in a browser. TensorFlow.js's backend is the caller's choice, such as
 * `await tf.setBackend('cpu')`, followed once by `registerDataMovement()`.
 */

/** The TensorFlow.js that everything here computes with; networks, methods and backends of one's own have to use the same. */
export * as tf from '@tensorflow/tfjs-core'

export {
  type Architecture,
  convDeep,
  convRLstm,
  deep,
  defineArchitecture,
  denseLayer,
  describe,
  readout,
  rLstm,
  shallow,
} from './architectures/index.js'
export { cellParameters, lstmRecurrence } from './architectures/lstm-recurrence.js'
export { reluRecurrence } from './architectures/relu-recurrence.js'
export {
  architecture,
  architectures,
  measures,
  method,
  methods,
  posterMethods,
} from './catalogue/index.js'
export { assembleBatch, batchesOf, batchLabels } from './data/batches.js'
export { imagesChecksum } from './data/checksum.js'
export {
  type Dataset,
  type DatasetDefinition,
  type DatasetLoading,
  defineDataset,
  type LoadedImages,
} from './data/dataset.js'
export { type ArraysDataset, datasetFromArrays, type ImageArrays } from './data/dataset-from-arrays.js'
export type { PixelReading } from './data/image-bytes.js'
export type { LabelledDataset, LabelledImages } from './data/labelled-images.js'
export { type MajorityOptions, type MajoritySequences, majoritySequences } from './data/majority.js'
export type { MajorityProblem } from './data/majority-problem.js'
export { PIXEL_RANGE } from './data/pixel-range.js'
export { type MajoritySplitOptions, type MajoritySplits, majoritySplits } from './data/splits.js'
export {
  type BatchScores,
  completeness,
  completenessOfEvidence,
  cosine,
  cosineBeyondChance,
  cosineBeyondChanceCeiling,
  defineMeasure,
  deletion,
  flippedPixels,
  infidelity,
  infidelityBeyondEvenness,
  infidelityOf,
  insertion,
  irrelevantLeast,
  itemFlipping,
  itemRanking,
  itemRelevance,
  type Measure,
  type MeasuredProblem,
  type Probe,
  pixelFlipping,
  pointingGame,
  pointingGameOf,
  type RelevanceMeasure,
  type RelevancePart,
  rankAgreement,
  relevanceMass,
  relevanceMassOf,
  relevanceRank,
  relevanceRankOf,
  robustness,
  type ScoredBatch,
  type ScoredSequence,
  type SensitivityNOptions,
  scoreBatch,
  sensitivityN,
  sensitivityNOf,
  sparsity,
  topAgreement,
} from './evaluation/index.js'
export {
  type AnyLinear,
  alphaBetaRule,
  type BackwardWalk,
  deepTaylor,
  deepTaylorGatesHalf,
  deepTaylorGatesProportional,
  deepTaylorGatesRule,
  deepTaylorRule,
  defineMethod,
  type Explained,
  type ExplainOptions as ExplainBatchOptions,
  type Explanation,
  epsilonRule,
  explainBatch,
  type GateShare,
  gammaRule,
  gradientTimesInput,
  gradientWalk,
  gradientWalkWith,
  guidedBackprop,
  type InputRange,
  integratedGradients,
  type LayerInput,
  type Ledger,
  ledgersOf,
  lrpAlpha2Beta1,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpEpsilonOf,
  lrpGamma,
  lrpGammaOf,
  type Method,
  occlusionByStep,
  type Propagation,
  propagation,
  type Rule,
  relevanceOperations,
  relevanceWalk,
  type Share,
  type Sink,
  sensitivity,
  sinks,
  stepSums,
  type TapRecord,
  type Target,
  type WalkStart,
  type WeightedShare,
  zBounded,
  zGamma,
  zMinus,
  zMinusSigned,
  zPlus,
  zPlusSigned,
  zWhole,
} from './explanation/index.js'
export {
  type AccuracyScoreRow,
  accuracyScoreFigure,
} from './figures/charts/accuracy-score-figure.js'
export { type DatasetRow, datasetFigure } from './figures/charts/dataset-figure.js'
export { type LedgerRow, ledgerFigure } from './figures/charts/ledger-figure.js'
export { type PixelFlippingRow, pixelFlippingFigure } from './figures/charts/pixel-flipping-figure.js'
export { type ScoreFigureOptions, type ScoreRow, scoreFigure } from './figures/charts/score-figure.js'
export {
  type StepRelevanceOptions,
  type StepRelevanceRow,
  stepRelevanceFigure,
} from './figures/charts/step-relevance-figure.js'
export { type TrainingRow, trainingFigure } from './figures/charts/training-figure.js'
export {
  type HeatmapOptions,
  type HeatmapRow,
  heatmapFigure,
  type Score,
} from './figures/drawings/heatmap-figure.js'
export {
  type InspectedMethod,
  type Inspection,
  inspectorFigure,
} from './figures/drawings/inspector-figure.js'
export { type MethodFigureOptions, type MethodRow, methodFigure } from './figures/drawings/method-figure.js'
export {
  type NetworkEdge,
  type NetworkLayer,
  type NetworkRow,
  networkFigure,
} from './figures/drawings/network-figure.js'
export {
  type ProblemFigureOptions,
  type ProblemRow,
  problemFigure,
} from './figures/drawings/problem-figure.js'
export type { Figure } from './figures/kit/figure.js'
export { type FigureSize, type Preset, presets } from './figures/kit/presets.js'
export type { Rows } from './figures/kit/rows.js'
export { registerDataMovement } from './network/data-movement.js'
export type {
  CellDescription,
  Description,
  EdgeDescription,
  LayerDescription,
  LayerKind,
  LayerTime,
  ProductDescription,
  StateDescription,
} from './network/describe/index.js'
export { type Geometry, type Scan, THESIS_GEOMETRY, type Units } from './network/geometry.js'
export { logitsOf } from './network/logits.js'
export type { Domain, Forward, Operations, Parameters, TapStep, Term } from './network/operations.js'
export {
  checkParameters,
  layer,
  type NamedValues,
  type ParameterKind,
  type ParameterSpec,
  type ParameterValues,
  toTensors,
} from './network/parameters.js'
export { predictionsOf } from './network/predictions.js'
export { frameImages, frames } from './network/sequence.js'
export {
  areaUnderRoc,
  bootstrapInterval,
  correlation,
  cosineSimilarity,
  type Interval,
  mean,
  pairedBootstrapDifference,
  quantile,
  rankCorrelation,
  standardDeviation,
  uniformBaseline,
} from './statistics/index.js'
export { type Entry, entriesOf, inOrder, type Kind, type Named, shortOf, titleOf } from './values/registry.js'
export type { SeriesStyle } from './values/series-style.js'
