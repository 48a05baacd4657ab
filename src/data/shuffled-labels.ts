import type { MajoritySequences } from './majority.js'
import { randomStream, shuffle } from './random.js'

/**
 * The same sequences with their labels in random order, drawn by their seed: each class is as frequent as before, and nothing in a
 * sequence tells its label (Zhang et al. 2017). Which items are relevant stays as it was.
 *
 * @throws RangeError when each epoch of a training draws fresh sequences, which would bring their own labels back
 * @example
 * const { train } = await majority('mnist-maj')
 * const control = withShuffledLabels(train)
 */
export function withShuffledLabels(sequences: MajoritySequences): MajoritySequences {
  if (sequences.freshSequences)
    throw new RangeError(
      'labels cannot be shuffled where each epoch draws fresh sequences; set freshSequences to false',
    )
  const { labels, seed, split } = sequences
  return { ...sequences, labels: shuffle(randomStream(seed, 'shuffled labels', split), labels.slice()) }
}
