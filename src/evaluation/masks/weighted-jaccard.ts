import { defineMaskMeasure, type MaskMeasure, maskedShare } from './mask-measure.js'
import { scaledSaliency } from './scaled-saliency.js'

/**
 * The weighted Jaccard similarity of scaled saliency s and mask m: Σ min(s, m) / Σ max(s, m), in [0, 1] (Ismail et al. 2019, Section 4).
 *
 * It asks for evenness too: a map of one value would score the share of marked pixels wherever they are, one of a few high values next to
 * nothing. Chance is that of the same values at random places, f·S / (f·n + (1 − f)·S) with the share f of marked pixels and S = Σ s, the
 * quotient at the expected overlap. A map without differences and an empty mask score 0.
 */
export const weightedJaccard: MaskMeasure = defineMaskMeasure({
  id: 'weightedJaccard',
  title: 'Weighted Jaccard',
  short: 'WJac',
  range: [0, 1],
  // Maps differ in it, so that one number for several is a bound.
  baselineName: 'chance at most',
  score(relevance, mask) {
    const saliency = scaledSaliency(relevance, mask)
    let [shared, either] = [0, 0]
    for (let i = 0; i < saliency.length; i++) {
      shared += Math.min(saliency[i]!, mask[i]!)
      either += Math.max(saliency[i]!, mask[i]!)
    }
    return either === 0 ? 0 : shared / either
  },
  chance(relevance, mask) {
    const mean = scaledSaliency(relevance, mask).reduce((sum, value) => sum + value, 0) / mask.length
    const share = maskedShare(mask)
    const either = share + (1 - share) * mean
    return either === 0 ? 0 : (share * mean) / either
  },
})
