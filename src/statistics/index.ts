export { areaUnderRoc } from './area-under-roc.js'
export {
  type BootstrapOptions,
  bootstrapInterval,
  type Interval,
  pairedBootstrapDifference,
  type Statistic,
} from './bootstrap.js'
export { correlation } from './correlation.js'
export { type CosineOptions, cosineSimilarity, uniformBaseline } from './cosine.js'
export {
  type Groups,
  groupSpread,
  type SpreadMeasure,
  type SpreadOptions,
  spreadDifference,
  type VarianceShares,
  varianceShares,
} from './group-dependence.js'
export { histogramEntropy } from './histogram-entropy.js'
export { rankCorrelation, ranks } from './rank-correlation.js'
export { mean, type Numbers, quantile, quantiles, range, standardDeviation } from './summary.js'
