import { defineMeasure } from '../measure.js'
import { relevantCount, relevantShareOf } from '../pixels.js'
import { topShare } from '../top-share.js'

/**
 * Whether the irrelevant items receive least: their share among the n − m lowest of n items, m of them relevant, in [0, 1], chance
 * 1 − m/n; of three items with two relevant ones, whether the odd one receives least. Equal items at the border count in proportion.
 * Relevance counts as it is, with its sign. Where every item is relevant there is none to find, and the score is chance: 0.
 */
export const irrelevantLeast = defineMeasure({
  id: 'irrelevantLeast',
  title: 'Irrelevant item receives least',
  short: 'odd least',
  range: [0, 1],
  baseline: (problem) => 1 - relevantShareOf(problem),
  score(sequence) {
    const irrelevant = sequence.relevant.length - relevantCount(sequence)
    if (irrelevant === 0) return 0
    const [lowest, flags] = [sequence.itemRelevance.map((r) => -r), sequence.relevant.map((flag) => 1 - flag)]
    return topShare(lowest, flags, irrelevant)
  },
})
