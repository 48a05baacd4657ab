import { areaUnderPrecision } from './area-under-precision.js'
import { areaUnderRecall } from './area-under-recall.js'
import type { MaskMeasure } from './mask-measure.js'
import { weightedJaccard } from './weighted-jaccard.js'

export type { MaskMeasure } from './mask-measure.js'
export { LEVELS, type PrecisionRecall, precisionRecall } from './precision-recall.js'
export { scaledSaliency } from './scaled-saliency.js'
export { areaUnderPrecision, areaUnderRecall, weightedJaccard }

/** The measures of the box tests, in their order. */
export const maskMeasures: readonly MaskMeasure[] = [weightedJaccard, areaUnderPrecision, areaUnderRecall]
