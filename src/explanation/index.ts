export type { BackwardWalk, WalkStart } from './backward-walk.js'
export type { Target } from './check-explained.js'
export { type Composite, composite } from './composite.js'
export type { Evidence } from './evidence.js'
export { type ExplainOptions, type Explanation, explainBatch } from './explain-batch.js'
export { gradientWalk, gradientWalkWith } from './gradient-walk.js'
export { type Ledger, ledgersOf, stepSums } from './ledger.js'
export { defineMethod, type Explained, type Method } from './method.js'
export { deepLift } from './methods/deep-lift.js'
export { deepTaylor } from './methods/deep-taylor.js'
export {
  deepTaylorGatesAbsolute,
  deepTaylorGatesHalf,
  deepTaylorGatesProportional,
} from './methods/deep-taylor-gates.js'
export { deepTaylorFlat, deepTaylorShifted, deepTaylorWSquared } from './methods/deep-taylor-pixels.js'
export { epsilonGammaBox } from './methods/epsilon-gamma-box.js'
export { gradientTimesInput } from './methods/gradient-times-input.js'
export { guidedBackprop } from './methods/guided-backprop.js'
export { guidedBackpropWithoutGates } from './methods/guided-backprop-without-gates.js'
export { integratedGradients, integratedGradientsOf } from './methods/integrated-gradients.js'
export { lrpAlpha1Beta0, lrpAlpha2Beta1, lrpAlphaBeta } from './methods/lrp-alpha-beta.js'
export { lrpEpsilon, lrpEpsilonOf } from './methods/lrp-epsilon.js'
export { lrpGamma, lrpGammaOf } from './methods/lrp-gamma.js'
export { lrpZero } from './methods/lrp-zero.js'
export { occlusionByItem } from './methods/occlusion-by-item.js'
export { occlusionByPatch, occlusionByPatchOf } from './methods/occlusion-by-patch.js'
export { occlusionByStep } from './methods/occlusion-by-step.js'
export { randomRelevance } from './methods/random-relevance.js'
export { sensitivity } from './methods/sensitivity.js'
export { shapleyByItem } from './methods/shapley-by-item.js'
export type { Smoothing } from './methods/smooth-grad.js'
export { smoothGrad, smoothGradOf, smoothGradSquared, smoothGradSquaredOf } from './methods/smooth-grad.js'
export { uniformRelevance } from './methods/uniform-relevance.js'
export { type Propagation, propagation, relevanceWalk } from './propagation.js'
export { Recorder, type Recording, type Sink, sinks, type TapRecord } from './recorder.js'
export { relevanceOperations } from './relevance-operations.js'
export type {
  AnyLinear,
  GateShare,
  InputRange,
  LayerChoice,
  LayerInput,
  LayerRule,
  LayerType,
  Rule,
  Share,
  WeightedShare,
} from './rule.js'
export {
  alphaBetaRule,
  deepTaylorGatesRule,
  deepTaylorRule,
  deepTaylorRuleWith,
  epsilonRule,
  gammaRule,
  type PixelRule,
  zeroRule,
} from './rules.js'
export {
  flat,
  wSquared,
  zBounded,
  zGamma,
  zMinus,
  zMinusSigned,
  zPlus,
  zPlusSigned,
  zShifted,
  zWhole,
} from './shares.js'
