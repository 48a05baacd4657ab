import type { Model } from '../../models/model-value.js'
import type { Problem } from '../../models/problem.js'

/**
 * A network with its parameters as it reads sequences of another number of items than it was trained on, which a recurrent network can.
 *
 * @throws RangeError when its steps would be of another width, for which it has no weights
 * @example
 * const problem = problemOf(model.dataset, { items: 6, majority: 4 })
 * const longer = lengthened(model, problem)
 */
export function lengthened(model: Model, problem: Problem): Model {
  const { stepColumns } = model.configuration.problem
  if (problem.stepColumns !== stepColumns)
    throw new RangeError(
      `${model.architecture.title} reads ${stepColumns} columns a step; it has no weights for ${problem.stepColumns}`,
    )
  return { ...model, configuration: { ...model.configuration, problem } }
}
