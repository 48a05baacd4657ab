import { defineMaskMeasure, type MaskMeasure } from './mask-measure.js'
import { areaUnder, precisionRecall } from './precision-recall.js'

/**
 * AUR, the area under the recall curve (Ismail et al. 2020, Section 4): how soon the marked pixels' saliency is found, the most salient
 * ones looked at first. In [0, 1]; chance is ½, for relevance on many pixels, since any share of it has that share of what is marked.
 *
 * Recall is a share of the saliency that marked pixels have, however little that is: a map that hardly sees them scores high when what it
 * sees of them stands out, so that it says something beside AUP only. Divided by the width of the curve as AUP is.
 */
export const areaUnderRecall: MaskMeasure = defineMaskMeasure({
  id: 'areaUnderRecall',
  title: 'Area under recall',
  short: 'AUR',
  range: [0, 1],
  score: (relevance, mask) => areaUnder(precisionRecall(relevance, mask).recall),
  chance: () => 0.5,
})
