import * as tf from '@tensorflow/tfjs-core'
import type { BackwardWalk } from './backward-walk.js'
import { defineMethod, type Method } from './method.js'
import { relevanceOperations } from './relevance-operations.js'
import type { Rule } from './rule.js'

/** A method that propagates relevance by a rule, and how it is called. */
export interface Propagation extends Pick<Method, 'id' | 'title' | 'short' | 'style' | 'conserves'> {
  readonly rule: Rule
  /** What enters at the logit. Default: relu(f). */
  readonly start?: 'logit' | 'positive'
}

/**
 * A walk in which relevance follows a rule; `title` is what refusals name. Default: relu(f) enters at the logit.
 *
 * @example
 * const [one, other] = [relevanceWalk(alphaBetaRule(1, 0)), relevanceWalk(deepTaylorRule)]
 * const halves = defineMethod({
 *   id: 'halves',
 *   title: 'Mean of two rules',
 *   attribute: ({ walk }) => tf.mul(tf.add(walk(one), walk(other)), 0.5),
 * })
 */
export const relevanceWalk = (
  rule: Rule,
  { start = 'positive', title }: Pick<Propagation, 'start'> & { readonly title?: string } = {},
): BackwardWalk => ({
  operations: (range, recorder) => relevanceOperations(rule, range, recorder, title),
  start,
  finish: (signal) => tf.clone(signal),
})

/**
 * A method in whose backward walk relevance follows a rule; it has a ledger.
 *
 * @example
 * const zPlusEverywhere = propagation({
 *   id: 'zPlus',
 *   title: 'z⁺ on all activations',
 *   rule: { ...deepTaylorRule, gates: 'half' },
 *   conserves: true,
 * })
 */
export function propagation({ rule, start = 'positive', ...names }: Propagation): Method {
  const walk = relevanceWalk(rule, { start, title: names.title })
  return defineMethod({ ...names, ledger: start, attribute: (explained) => explained.walk(walk) })
}
