import { withShuffledLabels } from '../../data/shuffled-labels.js'
import type { MajoritySplits } from '../../data/splits.js'
import { subsetOfSplits } from '../../data/subset.js'
import { majority } from './majority.js'
import type { Plan } from './plan.js'

export { subsetOf } from '../../data/subset.js'

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
 * With shuffled labels there is nothing to be found in other sequences, so that what is kept of a training is the epoch that fits
 * its own sequences best: they are the validation. The test keeps its own labels.
 *
 * @throws RangeError naming the least number that works, or when labels are to be shuffled of sequences drawn afresh each epoch
 */
export async function sequencesOf(
  plan: Pick<Plan, 'dataset' | 'problem' | 'sequences' | 'labels'>,
): Promise<MajoritySplits> {
  const all = await majority(plan.dataset, plan.problem)
  const splits = plan.sequences === undefined ? all : subsetOfSplits(all, plan.sequences)
  if (plan.labels === undefined) return splits
  const train = withShuffledLabels(splits.train)
  return { train, validation: train, test: splits.test }
}
