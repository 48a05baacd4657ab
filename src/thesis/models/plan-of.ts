import { knownValue } from '../values/value-of.js'
import type { ModelConfiguration } from './configuration.js'
import type { Model } from './model-value.js'
import type { Plan } from './plan.js'

/** By what a model was trained. */
export const planOf = ({ configuration, ...values }: Model): Plan =>
  planOfConfiguration(configuration, values)

/**
 * The plan of a configuration, whose values are the given ones or shipped.
 *
 * @throws Error naming a value that is neither
 */
export function planOfConfiguration(
  { dataset, network, problem, units, training, sequences, labels, start }: ModelConfiguration,
  values: Partial<Pick<Plan, 'architecture' | 'dataset'>>,
): Plan {
  return {
    architecture:
      values.architecture?.id === network ? values.architecture : knownValue('architecture', network),
    dataset: values.dataset?.id === dataset ? values.dataset : knownValue('dataset', dataset),
    problem,
    units,
    training,
    ...(sequences === undefined ? {} : { sequences }),
    ...(labels === undefined ? {} : { labels }),
    ...(start === undefined ? {} : { start: planOfConfiguration(start, values) }),
  }
}
