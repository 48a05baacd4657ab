import type { Method } from '../method.js'
import { propagation } from '../propagation.js'
import { alphaBetaRule } from '../rules.js'

/**
 * LRP-αβ (Bach et al. 2015); throws a RangeError unless α ≥ 1 and α − β = 1. It conserves relevance where β = 0.
 *
 * @example
 * const lrpAlpha1Beta0 = lrpAlphaBeta(1, 0)
 */
export const lrpAlphaBeta = (alpha: number, beta: number): Method =>
  propagation({
    id: `lrpAlpha${alpha}Beta${beta}`.replaceAll('.', '-'),
    title: `Layer-wise relevance propagation, α = ${alpha}, β = ${beta}`,
    short: `LRP-α${alpha}β${beta}`,
    rule: alphaBetaRule(alpha, beta),
    conserves: beta === 0,
  })

/** LRP-α2β1: twice what speaks for a neuron, less what speaks against it. */
export const lrpAlpha2Beta1 = lrpAlphaBeta(2, 1)

/** LRP-α1β0: only what speaks for a neuron, as deep Taylor but for signed signals, which it is defined for. */
export const lrpAlpha1Beta0 = lrpAlphaBeta(1, 0)
