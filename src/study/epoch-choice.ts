import { loadModel } from '../thesis/models/model.js'
import type { Plan } from '../thesis/models/plan.js'
import { cellOf } from './cell.js'

/** A seed that no study has, so that what is chosen by it has not seen a study's sequences. */
export const CHOICE_SEED = 1000

/** How accurate a network is on validation sequences, when it is trained as a study trains, for so many epochs. */
export interface EpochChoice {
  readonly dataset: string
  readonly network: string
  readonly epochs: number
  readonly seed: number
  /** Of the parameters that are kept, from 0 to 1. */
  readonly validationAccuracy: number
}

/**
 * The trainings by which the epochs of a study's networks are chosen: each network on each dataset by the study's recipe, once for each
 * number of epochs.
 *
 * @param networks references, as `architectureOf` takes them
 * @param datasets references, as `datasetOf` takes them
 * @param epochs of each training, at least 1
 */
export async function epochPlans(
  networks: readonly string[],
  datasets: readonly string[],
  { epochs, seed = CHOICE_SEED }: { readonly epochs: readonly number[]; readonly seed?: number },
): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const dataset of datasets)
    for (const network of networks) {
      const { plan } = (await cellOf({ network, dataset, variant: 'own', seed }))!
      for (const count of epochs) plans.push({ ...plan, training: { ...plan.training, epochs: count } })
    }
  return plans
}

/**
 * What a training of {@link epochPlans} came to on validation sequences. Test sequences have no part in it.
 *
 * @throws Error where it is not trained yet
 */
export async function epochChoice(plan: Plan): Promise<EpochChoice> {
  const { result } = await loadModel(plan)
  return {
    dataset: plan.dataset.id,
    network: plan.architecture.id,
    epochs: plan.training.epochs,
    seed: plan.training.seed,
    validationAccuracy: result.history[result.bestEpoch]!.validationAccuracy,
  }
}
