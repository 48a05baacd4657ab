import { permutation } from './batches.js'
import { type MajoritySequences, majoritySequences } from './majority.js'
import type { MajorityProblem } from './majority-problem.js'
import type { MajoritySplits } from './splits.js'

type Sizes = Pick<MajorityProblem, 'items' | 'majority'>

/** The fewest images that a majority problem can be made for and from: `majority` of each of just enough classes. */
export const leastSubset = (problem: Sizes): number => problem.majority * leastClasses(problem)

/**
 * Checks, before any image is loaded, that a subset of so many sequences can be.
 *
 * @throws RangeError with the least number that works
 */
export function checkSubset(count: number, problem: Sizes, name = 'sequences'): void {
  const least = leastSubset(problem)
  if (Number.isSafeInteger(count) && count >= least) return
  const { items, majority } = problem
  throw new RangeError(
    `${name} = ${count}; allowed is a whole number of at least ${least}, the fewest of which ${majority} of ${items} items can be a majority`,
  )
}

/**
 * The same problem made for and from `count` of the images, drawn by the seed; all of them where there are fewer.
 *
 * Images are taken in a random order, except those that would leave a class with fewer than the majority needs.
 *
 * @throws RangeError with the least number that works when there is no such subset
 */
export function subsetOf(sequences: MajoritySequences, count: number): MajoritySequences {
  const { images, seed, split, freshSequences, itemsPerSequence, majority, classes, stepColumns, scan } =
    sequences
  checkSubset(count, { items: itemsPerSequence, majority })
  if (count >= sequences.count) return sequences
  const chosen = choose(sequences, count)
  if (chosen.length < count)
    throw new RangeError(
      `sequences = ${count}; no such part of the ${sequences.count} sequences has ${majority} images of each of its classes, and the next that has is of ${nextSize(sequences, count)}`,
    )
  return majoritySequences({
    images,
    which: chosen.map((sequence) => sequences.anchors[sequence]!),
    seed,
    split,
    freshSequences,
    items: itemsPerSequence,
    majority,
    classes,
    stepColumns,
    scan,
  })
}

/**
 * A part of each split: `count` sequences to train on, a quarter as many to validate and as many to test, so far as there
 * are.
 *
 * @throws RangeError with the least number that works
 */
export function subsetOfSplits({ train, validation, test }: MajoritySplits, count: number): MajoritySplits {
  const least = leastSubset({ items: train.itemsPerSequence, majority: train.majority })
  return {
    train: subsetOf(train, count),
    validation: subsetOf(validation, Math.max(least, Math.ceil(count / 4))),
    test: subsetOf(test, count),
  }
}

/** The classes that a sequence needs so that none of the others ties with the majority. */
const leastClasses = ({ items, majority }: Sizes): number =>
  items === majority ? 1 : 1 + Math.ceil((items - majority) / (majority - 1))

/**
 * Up to `count` sequences in random order such that every class among them has at least `majority`: one is taken only if
 * there is room left for those that complete each class begun. So the first `count` are, wherever they can be.
 */
function choose(
  { labels, itemsPerSequence, majority, ...rest }: MajoritySequences,
  count: number,
): Int32Array {
  const taken = new Array<number>(rest.classes).fill(0)
  const chosen: number[] = []
  let spare = count - leastSubset({ items: itemsPerSequence, majority })
  let unbegun = leastClasses({ items: itemsPerSequence, majority })
  for (const sequence of permutation(rest.count, rest.seed)) {
    if (chosen.length === count) break
    const label = labels[sequence]!
    const cost = taken[label]! >= majority ? 1 : taken[label]! > 0 || unbegun > 0 ? 0 : majority
    if (cost > spare) continue
    if (taken[label] === 0) unbegun--
    spare -= cost
    taken[label]!++
    chosen.push(sequence)
  }
  return Int32Array.from(chosen)
}

function nextSize(sequences: MajoritySequences, count: number): number {
  let size = count + 1
  while (size < sequences.count && choose(sequences, size).length < size) size++
  return size
}
