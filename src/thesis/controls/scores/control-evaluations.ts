import type { EvaluateModelsOptions } from '../../evaluation/evaluate-models.js'
import type { ModelEvaluation } from '../../evaluation/evaluation.js'
import { evaluateModelsOnce } from '../../evaluation/evaluation-cache.js'
import { findCheckpoint } from '../../models/checkpoint-folders.js'
import { configurationOf } from '../../models/configuration.js'
import type { Model } from '../../models/model-value.js'
import type { Plan } from '../../models/plan.js'
import { shuffledRecipe } from '../../models/recipes.js'
import { CONTROL_GAIN, untrainedModel } from '../../models/untrained.js'

/**
 * Networks that do not know what they are explained for: with the parameters that training starts from, with kernels twice as large, which
 * keep signals up over many steps, and trained on shuffled labels.
 */
export const controls = ['untrained', 'untrained, ×2', 'shuffled labels'] as const
export type Control = (typeof controls)[number]

/** The evaluations of a control. */
export interface ControlEvaluations {
  readonly control: Control
  readonly evaluations: readonly ModelEvaluation[]
}

/**
 * Evaluates the controls of trained networks: each with the parameters that training starts from, with kernels twice as large, and, where
 * there is a checkpoint of that, trained on shuffled labels (Adebayo et al. 2018). What they predict is explained, since labels mean nothing to them.
 *
 * @param plans of trained networks
 * @throws as `evaluateModels`
 * @example
 * const plans = [recipe('mnist-maj', 'shallow')]
 * const controls = await evaluateControls(plans, { methods: ['deepTaylor'], limit: 10 })
 * controls.map(({ control }) => control) // untrained; untrained, ×2; shuffled labels
 */
export async function evaluateControls(
  plans: readonly Plan[],
  { onProgress, ...options }: Omit<EvaluateModelsOptions, 'target'>,
): Promise<ControlEvaluations[]> {
  const untrained = (gain: number) => Promise.all(plans.map((plan) => untrainedModel(plan, { gain })))
  const shuffled: Plan[] = []
  for (const { dataset, architecture } of plans) {
    const plan = shuffledRecipe(dataset, architecture)
    if (findCheckpoint(await configurationOf(plan)) !== null) shuffled.push(plan)
  }
  const parts: readonly (readonly [Control, readonly (Plan | Model)[]])[] = [
    ['untrained', await untrained(1)],
    ['untrained, ×2', await untrained(CONTROL_GAIN)],
    ['shuffled labels', shuffled],
  ]
  const results: ControlEvaluations[] = []
  for (const [turn, [control, models]] of parts.entries()) {
    const evaluations = await evaluateModelsOnce(models, {
      ...options,
      target: 'prediction',
      onProgress: (done, finished) => onProgress?.((turn + done) / parts.length, finished),
    })
    results.push({ control, evaluations })
  }
  return results
}
