import type { Rule } from './rule.js'
import { zBounded, zMinus, zPlus } from './shares.js'

/** z^B for pixels and z⁺ for the states beside them, over one denominator. */
const pixels: Rule['pixels'] = [{ weight: 1, share: { nonnegative: zPlus, pixels: zBounded } }]

/** Deep Taylor decomposition: z⁺ for layers of activations ≥ 0, z^B for the layer that reads pixels (Montavon et al. 2017). */
export const deepTaylorRule: Rule = {
  hidden: [{ weight: 1, share: { nonnegative: zPlus, pixels: zBounded } }],
  pixels,
}

/**
 * LRP-αβ: α·z⁺ − β·z⁻ with α − β = 1, each over its own denominator (Bach et al. 2015, Section "LRP for multilayered networks"); the pixel layer keeps z^B.
 *
 * @throws RangeError unless α ≥ 1 and β = α − 1
 */
export function alphaBetaRule(alpha: number, beta: number): Rule {
  if (!(alpha >= 1) || Math.abs(alpha - beta - 1) > 1e-12) {
    throw new RangeError(`α = ${alpha} and β = ${beta}; α must be at least 1 and α − β must be 1`)
  }
  const hidden = [{ weight: alpha, share: { nonnegative: zPlus, pixels: zBounded } }]
  return {
    hidden:
      beta === 0 ? hidden : [...hidden, { weight: -beta, share: { nonnegative: zMinus, pixels: zMinus } }],
    pixels,
  }
}
