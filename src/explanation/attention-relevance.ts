import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { attention } from '../network/attention.js'
import { customGradient } from '../network/custom-gradient.js'
import { quotientOfSum } from './distribute.js'
import type { Recorder } from './recorder.js'
import type { WeightedShare } from './rule.js'

/**
 * Attention as a linear layer whose kernel is the weights: each mean's relevance goes to the values that it is made of in proportion to
 * weight · (value − low); scores take nothing, as gates do.
 *
 * @param low 0 for signals, and the lowest pixel for pixels
 */
export function attentionRelevance(
  scores: Tensor2D,
  values: Tensor2D,
  steps: number,
  low: number,
  division: Pick<WeightedShare, 'sign' | 'epsilon'>,
  recorder: Recorder | null,
): Tensor2D {
  const above = (x: Tensor2D): Tensor2D => (low === 0 ? x : tf.sub(x, low))
  return customGradient<Tensor2D>([values], (save) => {
    save([scores, values])
    return {
      value: attention(scores, steps).apply(values),
      backward: (relevance, saved) => {
        const [scores, values] = saved as [Tensor2D, Tensor2D]
        const { apply, adjoint } = attention(scores, steps)
        const parts = above(values)
        const s = quotientOfSum(relevance, apply(parts), division, recorder) as Tensor2D
        return [tf.mul(parts, adjoint(s))]
      },
    }
  })
}
