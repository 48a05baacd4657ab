import { batchesOf } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'
import type { Method } from '../../explanation/index.js'
import { cosineSimilarity, mean } from '../../statistics/index.js'
import type { Model } from '../models/training-run.js'
import { relevantItems } from '../samples/choose-samples.js'
import { explainSequences } from './explain-sequences.js'

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

/**
 * How alike the heatmaps for the label and for the odd item's class are: the mean cosine similarity pixel by pixel, 1 where
 * the explanation does not depend on the class that is explained.
 */
export async function classDependence(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  method: Method,
): Promise<number> {
  const cosines: number[] = []
  for (const batch of batchesOf(Int32Array.from(which), 100)) {
    const label = await explainSequences(model, sequences, batch, { method })
    const odd = await explainSequences(model, sequences, batch, {
      method,
      target: oddClasses(sequences, batch),
    })
    const size = sequences.rows * sequences.columns
    for (let i = 0; i < batch.length; i++) {
      const map = ({ relevance }: typeof label) => relevance.subarray(i * size, (i + 1) * size)
      cosines.push(cosineSimilarity(map(label), map(odd)))
    }
  }
  return mean(cosines)
}
