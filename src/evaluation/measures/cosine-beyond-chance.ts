import { cosineSimilarity } from '../../statistics/cosine.js'
import { defineMeasure, type MeasuredProblem } from '../measure.js'

/**
 * The highest cosine beyond chance there can be, with m of n items relevant: √(1 − m/n) for any relevance, reached by mask − m/n, that
 * is (1 − m/n) on each relevant item and −m/n on any other; 1 − m/n for relevance ≥ 0, reached by the mask itself.
 *
 * @example
 * cosineBeyondChanceCeiling({ items: 3, majority: 2 }) // { signed: 0.577, nonnegative: 0.333 }
 */
export const cosineBeyondChanceCeiling = ({ items, majority }: MeasuredProblem) => ({
  signed: Math.sqrt(1 - majority / items),
  nonnegative: 1 - majority / items,
})

/**
 * The cosine minus its mean over all masks of as many items, m of n: ⟨mask − m/n, r⟩ / (√m ‖r‖), in [−1, 1], so that evenness earns
 * nothing: 0 for equal relevance on all items, for none, and where no item or every item is relevant. Relevance counts as it is, with
 * its sign. Its ceiling is `cosineBeyondChanceCeiling`.
 */
export const cosineBeyondChance = defineMeasure({
  id: 'cosineBeyondChance',
  title: 'Cosine beyond chance',
  short: 'cos − chance',
  range: [-1, 1],
  baseline: () => 0,
  score({ itemRelevance, relevant }) {
    const count = relevant.reduce((sum, flag) => sum + flag, 0)
    if (count === 0 || count === relevant.length) return 0
    const share = count / relevant.length
    // The centred mask has the length √(m (1 − m/n)), the mask √m.
    const centred = Float64Array.from(relevant, (flag) => flag - share)
    return cosineSimilarity(centred, itemRelevance) * Math.sqrt(1 - share)
  },
})
