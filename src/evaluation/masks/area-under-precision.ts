import { defineMaskMeasure, type MaskMeasure, maskedShare } from './mask-measure.js'
import { areaUnder, precisionRecall } from './precision-recall.js'

/**
 * AUP, the area under the precision curve (Ismail et al. 2020, Section 4): how much of the saliency lies on marked pixels, the most salient
 * ones looked at first. In [0, 1]; chance is the share of marked pixels.
 *
 * It is divided by the width of the curve, from a tenth to nine tenths, so that nothing but marked pixels scores 1; areas as they were
 * published are 0.8 times as large.
 */
export const areaUnderPrecision: MaskMeasure = defineMaskMeasure({
  id: 'areaUnderPrecision',
  title: 'Area under precision',
  short: 'AUP',
  range: [0, 1],
  score: (relevance, mask) => areaUnder(precisionRecall(relevance, mask).precision),
  chance: (_relevance, mask) => maskedShare(mask),
})
