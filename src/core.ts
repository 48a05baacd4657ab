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
  deepV2,
  defineArchitecture,
  denseLayer,
  describe,
  elmanRelu,
  inputCellAttention,
  readout,
  rGru,
  rLstm,
  shallow,
  tanhLstm,
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
export { withShuffledLabels } from './data/shuffled-labels.js'
export { type MajoritySplitOptions, type MajoritySplits, majoritySplits } from './data/splits.js'
export {
  areaUnderPrecision,
  areaUnderRecall,
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
  type MaskMeasure,
  type Measure,
  type MeasuredProblem,
  maskMeasures,
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
  weightedJaccard,
} from './evaluation/index.js'
export {
  type AnyLinear,
  alphaBetaRule,
  type BackwardWalk,
  type Composite,
  composite,
  deepLift,
  deepTaylor,
  deepTaylorFlat,
  deepTaylorGatesAbsolute,
  deepTaylorGatesHalf,
  deepTaylorGatesProportional,
  deepTaylorGatesRule,
  deepTaylorRule,
  deepTaylorRuleWith,
  deepTaylorShifted,
  deepTaylorWSquared,
  defineMethod,
  type Evidence,
  type Explained,
  type ExplainOptions as ExplainBatchOptions,
  type Explanation,
  epsilonGammaBox,
  epsilonRule,
  explainBatch,
  flat,
  type GateShare,
  gammaRule,
  gradientTimesInput,
  gradientWalk,
  gradientWalkWith,
  guidedBackprop,
  guidedBackpropWithoutGates,
  type InputRange,
  integratedGradients,
  integratedGradientsOf,
  type LayerChoice,
  type LayerInput,
  type LayerRule,
  type LayerType,
  type Ledger,
  ledgersOf,
  lrpAlpha1Beta0,
  lrpAlpha2Beta1,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpEpsilonOf,
  lrpGamma,
  lrpGammaOf,
  lrpZero,
  type Method,
  occlusionByItem,
  occlusionByPatch,
  occlusionByPatchOf,
  occlusionByStep,
  type PixelRule,
  type Propagation,
  propagation,
  type Rule,
  randomRelevance,
  relevanceOperations,
  relevanceWalk,
  type Share,
  type Sink,
  type Smoothing,
  sensitivity,
  shapleyByItem,
  sinks,
  smoothGrad,
  smoothGradOf,
  smoothGradSquared,
  smoothGradSquaredOf,
  stepSums,
  type TapRecord,
  type Target,
  uniformRelevance,
  type WalkStart,
  type WeightedShare,
  wSquared,
  zBounded,
  zeroRule,
  zGamma,
  zMinus,
  zMinusSigned,
  zPlus,
  zPlusSigned,
  zShifted,
  zWhole,
} from './explanation/index.js'
export {
  type AccuracyScoreRow,
  accuracyScoreFigure,
} from './figures/charts/accuracy-score-figure.js'
export { type CurveFigureOptions, type CurveRow, curveFigure } from './figures/charts/curve-figure.js'
export { type DatasetRow, datasetFigure } from './figures/charts/dataset-figure.js'
export { type ForestFigureOptions, type ForestRow, forestFigure } from './figures/charts/forest-figure.js'
export { type LedgerRow, ledgerFigure } from './figures/charts/ledger-figure.js'
export { type PixelFlippingRow, pixelFlippingFigure } from './figures/charts/pixel-flipping-figure.js'
export {
  type ControlScoreRow,
  type ScoreFigureOptions,
  type ScoreRow,
  type ScoresFigureOptions,
  scoreFigure,
} from './figures/charts/score-figure.js'
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
export { type Figure, themed } from './figures/kit/figure.js'
export { setTheme } from './figures/kit/look.js'
export { type FigureSize, type Preset, presets } from './figures/kit/presets.js'
export type { Rows } from './figures/kit/rows.js'
export { type Theme, type ThemePalette, themes } from './figures/kit/themes.js'
export type { Typeface } from './figures/kit/typefaces.js'
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
  histogramEntropy,
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
