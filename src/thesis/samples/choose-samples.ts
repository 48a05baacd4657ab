import { permutation } from '../../data/batches.js'
import type { MajoritySequences } from '../../data/majority.js'

/**
 * Positions of a few sequences for a figure, drawn by a seed without looking at any network: the labels all differ while
 * there are enough, and the patterns of relevant items take turns in reading order.
 *
 * @throws RangeError unless `count` is a whole number from 1 to the number of sequences
 * @example
 * const few = chooseSamples(test, 3, 1)
 */
export function chooseSamples(sequences: MajoritySequences, count: number, seed: number): number[] {
  if (!Number.isInteger(count) || count < 1 || count > sequences.count)
    throw new RangeError(`there are ${sequences.count} sequences; ${count} cannot be chosen`)
  const order = Array.from(permutation(sequences.count, seed))
  const patterns = [...new Set(order.map((s) => patternOf(sequences, s)))].sort()
  const chosen: number[] = []
  while (chosen.length < count) {
    const pattern = patterns[chosen.length % patterns.length]
    // Every ten sequences, or whatever the number of classes is, the labels start over.
    const labels = chosen
      .slice(sequences.classes * Math.floor(chosen.length / sequences.classes))
      .map((s) => sequences.labels[s])
    const isFree = (s: number) => !chosen.includes(s) && patternOf(sequences, s) === pattern
    const next =
      order.find((s) => isFree(s) && !labels.includes(sequences.labels[s])) ??
      order.find(isFree) ??
      order.find((s) => !chosen.includes(s))
    chosen.push(next!)
  }
  return chosen
}

/** Positions of a sequence's relevant items, from 0. */
export const relevantItems = (sequences: MajoritySequences, sequence: number): number[] =>
  Array.from({ length: sequences.itemsPerSequence }, (_, k) => k).filter(
    (k) => sequences.relevant[sequence * sequences.itemsPerSequence + k] === 1,
  )

const patternOf = (sequences: MajoritySequences, sequence: number): string =>
  relevantItems(sequences, sequence).join()
