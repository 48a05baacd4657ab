import { defineMeasure, type RelevanceMeasure } from '../measure.js'
import { relevantPixels, relevantShareOf } from '../pixels.js'
import { partId, partTitle, type RelevancePart, relevancePart } from '../relevance-part.js'
import { topShare } from '../top-share.js'

/**
 * The pointing game (Zhang et al. 2018), without their tolerance around the mask: whether the highest pixel belongs to a relevant item;
 * in [0, 1], chance is the share of the items that is relevant. Of several highest pixels it is the share that does, so that a map of
 * zeros scores chance.
 *
 * @param part of relevance that points: as it is, the positive part, or absolute values
 * @throws RangeError naming the parts there are
 * @example
 * pointingGameOf('absolute').id // 'pointingGameAbsolute'
 */
export const pointingGameOf = (part: RelevancePart): RelevanceMeasure =>
  defineMeasure({
    id: partId('pointingGame', part, 'signed'),
    title: partTitle('Pointing game', part, 'signed'),
    short: 'pointing',
    range: [0, 1],
    baseline: relevantShareOf,
    score: (sequence) => topShare(relevancePart(sequence.relevance, part), relevantPixels(sequence), 1),
  })

/** The pointing game of relevance as it is. */
export const pointingGame = pointingGameOf('signed')
