import type { Model } from '../../models/model-value.js'
import { geometryOf, type Problem, problemOf } from '../../models/problem.js'

/**
 * A network with its parameters as it reads sequences of another number of items than it was trained on, which a recurrent network can.
 *
 * @throws RangeError naming what of the problem is out of range for the network's images, or what it has no weights for: steps of another
 *   width, another number of classes, or a layer over all steps of another length
 * @example
 * const problem = problemOf(model.dataset, { items: 6, majority: 4 })
 * const longer = lengthened(model, problem)
 */
export function lengthened(model: Model, problem: Problem): Model {
  const { architecture, dataset, configuration, parameters } = model
  const { title } = architecture
  const checked = problemOf(dataset, problem)
  const own = configuration.problem
  if (checked.stepColumns !== own.stepColumns)
    throw new RangeError(
      `${title} reads ${own.stepColumns} columns a step; it has no weights for ${checked.stepColumns}`,
    )
  if (checked.classes !== own.classes)
    throw new RangeError(
      `${title} tells ${own.classes} classes apart; it has no weights for ${checked.classes}`,
    )
  for (const { name, shape } of architecture.parameters(geometryOf(checked, dataset), configuration.units)) {
    const given = parameters[name]?.shape
    if (given?.join() !== shape.join())
      throw new RangeError(
        `${title} cannot read sequences of ${checked.items} items: its ${name} [${given}] would have to be [${shape}]`,
      )
  }
  return { ...model, configuration: { ...configuration, problem: checked } }
}
