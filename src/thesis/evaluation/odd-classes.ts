import type { MajoritySequences } from '../../data/majority.js'
import { relevantItems } from '../samples/choose-samples.js'

/** The class of the first item of each sequence that is not relevant; the label where all are. */
export const oddClasses = (sequences: MajoritySequences, which: ArrayLike<number>): number[] =>
  Array.from(which, (s) => {
    const relevant = relevantItems(sequences, s)
    const odd = Array.from({ length: sequences.itemsPerSequence }, (_, k) => k).find(
      (k) => !relevant.includes(k),
    )
    const { images, items, itemsPerSequence } = sequences
    return odd === undefined ? sequences.labels[s]! : images.labels[items[s * itemsPerSequence + odd]!]!
  })
