import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { customGradient } from '../network/custom-gradient.js'
import { differentiable } from '../network/differentiable.js'
import { isPositive } from '../network/indicator.js'
import type { Operations } from '../network/operations.js'
import { initialTap, tap } from './listen.js'
import type { Method } from './method.js'
import type { Recorder } from './recorder.js'
import { relevanceOperations } from './relevance-operations.js'
import type { Rule } from './rule.js'
import { alphaBetaRule, deepTaylorRule } from './rules.js'

const gradients = (recorder: Recorder | null, relu?: Operations['relu']) =>
  differentiable({
    purpose: 'explaining',
    relu,
    tap: recorder === null ? undefined : tap(recorder),
    initial: initialTap(recorder),
  })

/** relu that passes a signal back only where its activation and the signal are positive (Springenberg et al. 2015). */
const guidedRelu = <T extends Tensor>(x: T): T =>
  customGradient<T>([x], (save) => {
    const value = tf.relu(x)
    save([value])
    return { value, backward: (signal, [y]) => [tf.mul(tf.relu(signal), isPositive(y!))] }
  })

/** Sensitivity analysis: (∂f/∂x)² (Simonyan et al. 2014). */
export const sensitivity: Method = {
  id: 'sensitivity',
  title: 'sensitivity analysis',
  operations: (_range, recorder) => gradients(recorder),
  start: 'one',
  finish: (signal) => tf.square(signal),
  conserves: false,
}

/** Gradient × input: x · ∂f/∂x. */
export const gradientTimesInput: Method = {
  id: 'gradientTimesInput',
  title: 'gradient × input',
  operations: (_range, recorder) => gradients(recorder),
  start: 'one',
  finish: (signal, x) => tf.mul(signal, x),
  conserves: false,
}

/** Guided backprop: the square of the guided gradient (Springenberg et al. 2015). */
export const guidedBackprop: Method = {
  id: 'guidedBackprop',
  title: 'guided backprop',
  operations: (_range, recorder) => gradients(recorder, guidedRelu),
  start: 'one',
  finish: (signal) => tf.square(signal),
  conserves: false,
}

const propagation = (id: string, title: string, rule: Rule): Method => ({
  id,
  title,
  operations: (range, recorder) => relevanceOperations(rule, range, recorder),
  start: 'positive',
  finish: (signal) => tf.clone(signal),
  conserves: true,
})

/** Deep Taylor decomposition (Montavon et al. 2017). */
export const deepTaylor: Method = propagation('deepTaylor', 'deep Taylor decomposition', deepTaylorRule)

/** LRP-αβ (Bach et al. 2015); throws a RangeError unless α ≥ 1 and α − β = 1. */
export const lrpAlphaBeta = (alpha: number, beta: number): Method =>
  propagation(`lrpAlpha${alpha}Beta${beta}`, `LRP-α${alpha}β${beta}`, alphaBetaRule(alpha, beta))

/** Every named method, the poster's three and two to compare them with. */
export const methods: readonly Method[] = [
  sensitivity,
  gradientTimesInput,
  guidedBackprop,
  deepTaylor,
  lrpAlphaBeta(2, 1),
]

/** The three methods of the poster. */
export const posterMethods: readonly Method[] = [sensitivity, guidedBackprop, deepTaylor]

/** The method of a name; throws an Error listing the names there are. */
export function method(name: string): Method {
  const found = methods.find((candidate) => candidate.id === name)
  if (found === undefined)
    throw new Error(`method '${name}' is unknown; there are ${methods.map(({ id }) => id).join(', ')}`)
  return found
}
