import { defineMeasure, type RelevanceMeasure } from '../measure.js'
import { relevantPixels, relevantShareOf } from '../pixels.js'
import { partId, partTitle, type RelevancePart, relevancePart } from '../relevance-part.js'
import { topShare } from '../top-share.js'

/**
 * Relevance rank accuracy (Arras et al. 2022, CLEVR-XAI): the share of the K highest pixels that belong to relevant items, K being how
 * many pixels these have; in [0, 1], chance is the share of the items that is relevant. Equal pixels at the border count in
 * proportion, so that a map of zeros scores chance. Without a relevant item the score is chance: 0.
 *
 * @param part of relevance that is ranked: as it is, where what speaks against comes last; the positive part, where it is level with
 *   nothing; or absolute values
 * @throws RangeError naming the parts there are
 * @example
 * relevanceRankOf('absolute').id // 'relevanceRankAbsolute'
 */
export const relevanceRankOf = (part: RelevancePart): RelevanceMeasure =>
  defineMeasure({
    id: partId('relevanceRank', part, 'signed'),
    title: partTitle('Relevance rank accuracy', part, 'signed'),
    short: 'rank',
    range: [0, 1],
    baseline: relevantShareOf,
    score(sequence) {
      const mask = relevantPixels(sequence)
      const size = mask.reduce((sum, flag) => sum + flag, 0)
      return size === 0 ? 0 : topShare(relevancePart(sequence.relevance, part), mask, size)
    },
  })

/** Relevance rank accuracy of relevance as it is. */
export const relevanceRank = relevanceRankOf('signed')
