export { type Anova, type AnovaDesign, type AnovaTerm, anova } from './anova.js'
export { areaUnderRoc } from './area-under-roc.js'
export { type Assumptions, assumptionsOf } from './assumptions.js'
export { type BcaInterval, type BcaParts, bcaInterval, bcaOf } from './bca.js'
export {
  type BootstrapOptions,
  bootstrapInterval,
  type Interval,
  pairedBootstrapDifference,
  type Statistic,
} from './bootstrap.js'
export { correlation } from './correlation.js'
export { type CosineOptions, cosineSimilarity, uniformBaseline } from './cosine.js'
export { cohensDz, type EffectSizeOptions, hedgesG } from './effect-size.js'
export {
  type Equivalence,
  type EquivalenceOptions,
  independentEquivalence,
  pairedEquivalence,
} from './equivalence.js'
export { factorShares } from './factor-shares.js'
export type { Factors } from './factorial-layout.js'
export { gamesHowell } from './games-howell.js'
export {
  type Groups,
  groupSpread,
  type SpreadMeasure,
  type SpreadOptions,
  spreadDifference,
  type VarianceShares,
  varianceShares,
} from './group-dependence.js'
export {
  type HierarchicalOptions,
  hierarchicalBootstrap,
  pairedHierarchicalDifference,
} from './hierarchical-bootstrap.js'
export { histogramEntropy } from './histogram-entropy.js'
export { holm } from './holm.js'
export { type LeveneTest, leveneTest } from './levene.js'
export {
  countValues,
  finitePairs,
  finiteValues,
  type MaybeNumbers,
  type ValueCounts,
  type WhenMissing,
} from './missing.js'
export type { Comparison, NamedGroups } from './named-groups.js'
export { type PermutationTest, pairedPermutation } from './paired-permutation.js'
export { pairedT, type TTest } from './paired-t.js'
export { detectableDifference, type PlannedTest, pairedTPower } from './power.js'
export { rankCorrelation, ranks } from './rank-correlation.js'
export { type ShapiroWilk, shapiroWilk } from './shapiro-wilk.js'
export { mean, type Numbers, quantile, quantiles, range, standardDeviation } from './summary.js'
export { type TukeyOptions, tukeyHsd } from './tukey.js'
export { type SignedRankTest, wilcoxonSignedRank } from './wilcoxon.js'
export { wilsonInterval } from './wilson.js'
