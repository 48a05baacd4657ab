import { propagation } from '../propagation.js'
import { deepTaylorRule } from '../rules.js'

/** Deep Taylor decomposition (Montavon et al. 2017). */
export const deepTaylor = propagation({
  id: 'deepTaylor',
  title: 'Deep Taylor decomposition',
  short: 'DTD',
  rule: deepTaylorRule,
  conserves: true,
})
