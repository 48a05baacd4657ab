import type { Method } from '../method.js'
import { propagation } from '../propagation.js'
import { gammaRule } from '../rules.js'

/**
 * LRP-γ (Montavon et al. 2019, Section 10.2.3); throws a RangeError unless γ ≥ 0.
 *
 * @example
 * const strong = lrpGammaOf(1)
 */
export const lrpGammaOf = (
  gamma: number,
  id = `lrpGamma${String(gamma).replaceAll('.', '-')}`,
  short = `LRP-γ ${gamma}`,
): Method =>
  propagation({
    id,
    title: `Layer-wise relevance propagation, γ = ${gamma}`,
    short,
    rule: gammaRule(gamma),
  })

/** LRP-γ with γ = 0.25. */
export const lrpGamma = lrpGammaOf(0.25, 'lrpGamma', 'LRP-γ')
