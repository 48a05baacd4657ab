import { propagation } from '../propagation.js'
import { zeroRule } from '../rules.js'

/** LRP-0 from f itself (Bach et al. 2015, Equation 56), for any network. */
export const lrpZero = propagation({
  id: 'lrpZero',
  title: 'Layer-wise relevance propagation, ε = 0',
  short: 'LRP-0',
  rule: zeroRule,
  start: 'logit',
})
