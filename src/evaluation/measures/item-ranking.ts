import { areaUnderRoc } from '../../statistics/area-under-roc.js'
import { defineMeasure } from '../measure.js'

/**
 * How well relevance ranks items: the area under the ROC curve over the items (Fawcett 2006), which is the share of the pairs of a
 * relevant and an irrelevant item of which the relevant one has more, ties counted half; in [0, 1], chance 0.5. Relevance counts as it
 * is, with its sign. It is 0.5 where no item or every item is relevant, and where all have the same.
 */
export const itemRanking = defineMeasure({
  id: 'itemRanking',
  title: 'Area under the ROC curve over items',
  short: 'AUC',
  range: [0, 1],
  baseline: () => 0.5,
  score: ({ itemRelevance, relevant }) => areaUnderRoc(itemRelevance, relevant),
})
