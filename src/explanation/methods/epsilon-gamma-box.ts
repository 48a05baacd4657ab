import { composite } from '../composite.js'
import { propagation } from '../propagation.js'
import { deepTaylorRule, epsilonRule, gammaRule } from '../rules.js'

/**
 * Rules by kind of layer, as zennit's EpsilonGammaBox (Anders et al. 2021; Montavon et al. 2019, Section 10.3): z^B for layers that read
 * pixels, LRP-γ with γ = 0.25 for convolutions, LRP-ε with ε = 0.01 for dense layers; from f itself.
 */
export const epsilonGammaBox = propagation({
  id: 'epsilonGammaBox',
  title: 'Composite of z^B, LRP-γ and LRP-ε',
  short: 'ε-γ-box',
  rule: composite({
    layers: [
      { kind: 'pixels', rule: deepTaylorRule },
      { kind: 'convolution', rule: gammaRule(0.25) },
    ],
    rest: epsilonRule(0.01),
  }),
  start: 'logit',
})
