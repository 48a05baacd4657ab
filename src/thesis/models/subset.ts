import { permutation } from '../../data/batches.js'
import { type MajoritySequences, majoritySequences } from '../../data/majority.js'
import type { MajoritySplits } from '../../data/splits.js'
import { majority } from './majority.js'
import type { Plan } from './plan.js'

/** Of how many training sequences one is validated on, in a training on a subset. */
const PER_VALIDATION = 4

/** The same problem made for and from `count` of the images, drawn by the seed; all of them where there are fewer. */
export function subsetOf(sequences: MajoritySequences, count: number): MajoritySequences {
  if (count >= sequences.count) return sequences
  const { images, seed, split, freshSequences, itemsPerSequence, majority, classes, stepColumns, scan } =
    sequences
  const chosen = permutation(sequences.count, seed).subarray(0, count)
  const which = Int32Array.from(chosen, (s) => sequences.anchors[s]!)
  return majoritySequences({
    images,
    which,
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

/** A plan on all sequences where it asks for as many as there are or more; reads the images of a plan on a subset. */
export async function wholePlan(plan: Plan): Promise<Plan> {
  if (plan.sequences === undefined) return plan
  const { train } = await majority(plan.dataset, plan.problem)
  const { sequences, ...whole } = plan
  return sequences >= train.count ? whole : plan
}

/**
 * The sequences that a plan is trained, validated and tested on: all, or `sequences` of the training sequences, a quarter as
 * many for validation and as many for the test (so far as there are).
 *
 * @throws RangeError naming the least number that works where a class would have too few images
 */
export async function sequencesOf(
  plan: Pick<Plan, 'dataset' | 'problem' | 'sequences'>,
): Promise<MajoritySplits> {
  const all = await majority(plan.dataset, plan.problem)
  const { sequences } = plan
  if (sequences === undefined) return all
  checkSubset(all, sequences)
  return {
    train: subsetOf(all.train, sequences),
    validation: subsetOf(all.validation, Math.ceil(sequences / PER_VALIDATION)),
    test: subsetOf(all.test, sequences),
  }
}

/** Throws a RangeError naming the least number of training sequences with which each class has enough images in each split. */
export function checkSubset(all: MajoritySplits, sequences: number): void {
  const least = Math.max(
    leastOf(all.train),
    PER_VALIDATION * (leastOf(all.validation) - 1) + 1,
    leastOf(all.test),
  )
  if (sequences >= least) return
  throw new RangeError(
    `sequences is ${sequences}; with this seed and a majority of ${all.train.majority} at least ${least} are needed, ` +
      `so that each of the ${all.train.classes} classes has enough images for training, validation and test`,
  )
}

/** How many images a subset needs until each class has as many as a majority. */
function leastOf({ count, seed, labels, classes, majority }: MajoritySequences): number {
  const seen = new Int32Array(classes)
  let lacking = classes
  const order = permutation(count, seed)
  for (const [index, sequence] of order.entries())
    if (++seen[labels[sequence]!]! === majority && --lacking === 0) return index + 1
  return count
}
