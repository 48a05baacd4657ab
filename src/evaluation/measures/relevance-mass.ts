import { defineMeasure, type RelevanceMeasure } from '../measure.js'
import { relevantCount, relevantPixels, relevantShareOf } from '../pixels.js'
import { partId, partTitle, type RelevancePart, relevancePart } from '../relevance-part.js'

/**
 * Relevance mass accuracy (Arras et al. 2022, CLEVR-XAI): the relevance on the pixels of the relevant items by all relevance, of the
 * positive part, the absolute values, or as it is; chance is the share of the items that is relevant, and so is the score where the
 * sum is 0. In [0, 1]; of relevance as it is without bounds, because what has both signs may add up to almost nothing.
 *
 * @throws RangeError naming the parts there are
 * @example
 * relevanceMassOf('absolute').id // 'relevanceMassAbsolute'
 */
export const relevanceMassOf = (part: RelevancePart): RelevanceMeasure =>
  defineMeasure({
    id: partId('relevanceMass', part, 'positive'),
    title: partTitle('Relevance mass on relevant items', part, 'positive'),
    short: 'mass',
    range: part === 'signed' ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : [0, 1],
    baseline: relevantShareOf,
    score(sequence) {
      const mask = relevantPixels(sequence)
      let [all, onMask] = [0, 0]
      for (const [pixel, value] of relevancePart(sequence.relevance, part).entries()) {
        all += value
        onMask += value * mask[pixel]!
      }
      return all === 0 ? relevantCount(sequence) / sequence.relevant.length : onMask / all
    },
  })

/** Relevance mass accuracy of the positive part, as it is defined for maps ≥ 0. */
export const relevanceMass = relevanceMassOf('positive')
