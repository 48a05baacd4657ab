import type { Method } from '../method.js'
import { propagation } from '../propagation.js'
import { epsilonRule } from '../rules.js'

/**
 * LRP-ε from f itself (Bach et al. 2015, Equation 58), for any network; throws a RangeError unless ε is at least 10⁻³⁰.
 *
 * @example
 * const coarse = lrpEpsilonOf(0.1)
 */
export const lrpEpsilonOf = (
  epsilon: number,
  id = `lrpEpsilon${String(epsilon).replaceAll('.', '-')}`,
  short = `LRP-ε ${epsilon}`,
): Method =>
  propagation({
    id,
    title: `Layer-wise relevance propagation, ε = ${epsilon}`,
    short,
    rule: epsilonRule(epsilon),
    start: 'logit',
  })

/** LRP-ε with ε = 0.01. */
export const lrpEpsilon = lrpEpsilonOf(0.01, 'lrpEpsilon', 'LRP-ε')
