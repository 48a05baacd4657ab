import { configurationOf } from './configuration.js'
import type { Model } from './model-value.js'
import type { Plan } from './plan.js'
import { geometryOf } from './problem.js'
import { randomParameters } from './random-network.js'

/** How a network's training ended that never began. */
const ENDING = 'untrained'

/** Whether a model's training never began. */
export const isUntrained = ({ result }: Pick<Model, 'result'>): boolean => result.ending === ENDING

/** What kernels are multiplied by in the control whose signals do not fade. */
export const CONTROL_GAIN = 2

/** With which parameters a network is that was never trained. */
export interface UntrainedOptions {
  /** Default: that of the training. */
  readonly seed?: number
  /** What kernels are multiplied by: signals fade on their way through many layers, and 2 keeps them up. Default: 1. */
  readonly gain?: number
}

/**
 * The network of a plan with the parameters that its training starts from: a control that knows nothing (Adebayo et al. 2018, Section 3).
 *
 * Its test accuracy is NaN: nobody has measured it.
 *
 * @example
 * const untrained = await untrainedModel(recipe('mnist-maj', 'r-lstm'))
 */
export async function untrainedModel(
  plan: Plan,
  { seed = plan.training.seed, gain = 1 }: UntrainedOptions = {},
): Promise<Model> {
  const { start: _, ...first } = plan
  const { architecture, dataset, problem, units, training } = first
  const configuration = await configurationOf({ ...first, training: { ...training, seed, epochs: 0 } })
  return {
    architecture,
    dataset,
    configuration,
    parameters: randomParameters(architecture, geometryOf(problem, dataset), units, seed, gain),
    result: { bestEpoch: -1, history: [], ending: ENDING, backend: '', testAccuracy: Number.NaN },
  }
}
