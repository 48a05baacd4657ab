import { cosineSimilarity, uniformBaseline } from '../../statistics/cosine.js'
import { defineMeasure } from '../measure.js'

/**
 * The poster's measure: the cosine similarity between the binary vector of relevant items and the items' relevance; 0 where an
 * explanation names no item at all. Equal relevance on all items scores √(majority / items).
 */
export const cosine = defineMeasure({
  id: 'cosine',
  title: 'Cosine similarity',
  short: 'cos',
  range: [-1, 1],
  baselineName: 'uniform',
  baseline: ({ items, majority }) => uniformBaseline(items, majority),
  score: ({ itemRelevance, relevant }) => cosineSimilarity(relevant, itemRelevance),
})
