import type { MajoritySequences } from '../../data/majority.js'
import type { Method } from '../../explanation/method.js'
import { cosineSimilarity, mean } from '../../statistics/index.js'
import type { Model } from '../models/model-value.js'
import { relevantItems } from '../samples/choose-samples.js'
import { methodOf } from '../values/value-of.js'
import { type BatchesOptions, explainInBatches } from './explain-in-batches.js'

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
 *
 * @param given a method, its id or its file
 */
export async function classDependence(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  given: Method | string,
): Promise<number> {
  const method = await methodOf(given)
  const label = await heatmaps(model, sequences, which, { method, target: 'label' })
  const odd = await heatmaps(model, sequences, which, { method, target: oddClasses(sequences, which) })
  return mean(label.map((map, i) => cosineSimilarity(map, odd[i]!)))
}

/** The relevance of each sequence's pixels. */
async function heatmaps(
  model: Model,
  sequences: MajoritySequences,
  which: ArrayLike<number>,
  { method, target }: { readonly method: Method; readonly target: BatchesOptions['target'] },
): Promise<Float32Array[]> {
  const size = sequences.rows * sequences.columns
  const maps: Float32Array[] = []
  const options = { methods: [method], measures: [], target }
  await explainInBatches(model, sequences, which, options, ({ explanation: { relevance } }) => {
    for (let start = 0; start < relevance.length; start += size)
      maps.push(relevance.subarray(start, start + size))
  })
  return maps
}
