import { propagation } from '../propagation.js'
import { deepTaylorRuleWith } from '../rules.js'

// w² and flat look at no input, so that a state before the first step takes a part beside pixels: these two do not conserve.

/**
 * Deep Taylor decomposition with w² in the layer that reads pixels: R_i = Σ_j w²_ij / Σ_i' w²_i'j · R_j (Montavon et al. 2017, the
 * w²-rule).
 */
export const deepTaylorWSquared = propagation({
  id: 'deepTaylorWSquared',
  title: 'Deep Taylor, w² for pixels',
  short: 'DTD-w²',
  rule: deepTaylorRuleWith({ pixels: 'wSquared' }),
})

/** Deep Taylor decomposition where the layer that reads pixels shares out evenly: R_i = Σ_j R_j / inputs of j (Lapuschkin et al. 2019). */
export const deepTaylorFlat = propagation({
  id: 'deepTaylorFlat',
  title: 'Deep Taylor, flat for pixels',
  short: 'DTD-flat',
  rule: deepTaylorRuleWith({ pixels: 'flat' }),
})

/** Deep Taylor decomposition with z⁺ on x − low in the layer that reads pixels, as if these were activations (Montavon et al. 2017). */
export const deepTaylorShifted = propagation({
  id: 'deepTaylorShifted',
  title: 'Deep Taylor, shifted pixels',
  short: 'DTD-shifted',
  rule: deepTaylorRuleWith({ pixels: 'shifted' }),
  conserves: true,
})
