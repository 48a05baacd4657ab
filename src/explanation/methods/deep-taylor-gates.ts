import { propagation } from '../propagation.js'
import { deepTaylorGatesRule } from '../rules.js'

/**
 * Deep Taylor decomposition where a gate takes half of the relevance of what it multiplies (Arras, Arjona-Medina et al. 2019, Explaining
 * and interpreting LSTMs).
 */
export const deepTaylorGatesHalf = propagation({
  id: 'deepTaylorGatesHalf',
  title: 'Deep Taylor, half to gates',
  short: 'DTD-half',
  rule: deepTaylorGatesRule('half'),
  conserves: true,
})

/**
 * Deep Taylor decomposition where gate g and signal s share the relevance of g·s in proportion to their values (Arras, Arjona-Medina et
 * al. 2019, Explaining and interpreting LSTMs).
 */
export const deepTaylorGatesProportional = propagation({
  id: 'deepTaylorGatesProportional',
  title: 'Deep Taylor, gates in proportion',
  short: 'DTD-prop',
  rule: deepTaylorGatesRule('proportional'),
  conserves: true,
})

/**
 * Deep Taylor decomposition where gate g takes |g| / (|g| + |s|) of the relevance of g·s (Arras, Arjona-Medina et al. 2019, Explaining and
 * interpreting LSTMs). Signals are ≥ 0 wherever deep Taylor is defined, so that this is the share in proportion; they differ for signed
 * signals, as by LRP-ε with these gates.
 */
export const deepTaylorGatesAbsolute = propagation({
  id: 'deepTaylorGatesAbsolute',
  title: 'Deep Taylor, gates by size',
  short: 'DTD-abs',
  rule: deepTaylorGatesRule('absolute'),
  conserves: true,
})
