import { ascendingSizes } from '../ascending.js'
import { defineMeasure } from '../measure.js'

/**
 * How few pixels hold the relevance: the Gini index of |R| (Chalasani et al. 2020; Hurley and Rickard 2009),
 * Σ_k (2k − N − 1) |R|_(k) / (N Σ|R|) with |R|_(k) ascending, in [0, 1): 0 where all of N pixels have the same, also none, and 1 − 1/N
 * where one has all. It does not ask whether these are the right pixels. The baseline, 0, is that of uniform relevance and the lowest score
 * there is, not what chance scores: random relevance, uniform in [−1, 1), scores about a third, so that to lie above the baseline says
 * nothing.
 */
export const sparsity = defineMeasure({
  id: 'sparsity',
  title: 'Sparsity',
  short: 'Gini',
  range: [0, 1],
  baselineName: 'uniform',
  baseline: () => 0,
  score({ relevance }) {
    const sorted = ascendingSizes(relevance)
    let [sum, weighted] = [0, 0]
    for (let k = 0; k < sorted.length; k++) {
      sum += sorted[k]!
      weighted += (2 * k + 1 - sorted.length) * sorted[k]!
    }
    return sum === 0 ? 0 : weighted / (sorted.length * sum)
  },
})
