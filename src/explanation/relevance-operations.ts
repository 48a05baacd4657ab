import type { Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { maxPool } from '../network/max-pool.js'
import type { Domain, Pass } from '../network/operations.js'
import { attentionRelevance } from './attention-relevance.js'
import { averagePoolRelevance, gateRelevance, passingOn, sumRelevance } from './element-relevance.js'
import { LayerRelevance } from './layer-relevance.js'
import { initialTap, tap } from './listen.js'
import type { Recorder } from './recorder.js'
import type { InputRange, Rule } from './rule.js'

/**
 * The operations in whose backward walk relevance takes the place of the gradient: layers, pooling, gates and sums follow
 * propagation rules, and TensorFlow.js's own tape adds up what reaches a shared cell from several steps.
 *
 * Values are computed beside the tape. On it are only the denominators, and what comes back to a denominator is the quotient
 * R / denominator, so that an input multiplied at all steps at once gets its relevance in one product too.
 *
 * @param method the method's title, for refusals
 * @throws Error naming the layer, while the network is computed, where the rule is not defined for what the layer reads; when the
 *   network is complete, where a rule is for a layer that there is not
 */
export function relevanceOperations(
  rule: Rule,
  range: InputRange,
  recorder: Recorder | null,
  method = 'the rule',
): Pass {
  const gates = rule.gates ?? 'nothing'
  const layers = new LayerRelevance(rule, range, recorder, method)
  const ofParts = { sign: 'positive' } as const
  const ofSigned =
    rule.signedSums && ({ sign: 'either', epsilon: rule.signedSums.epsilon || undefined } as const)
  const division = (layer: string, domain: Domain) => {
    if (domain === 'nonnegative') return ofParts
    if (ofSigned === undefined) throw layers.refusal(layer, domain)
    return ofSigned
  }

  return {
    purpose: 'explaining',
    term: (x, kernel: Tensor2D, domain) => layers.terms(x, kernel, domain, 1)[0]!,
    terms: (...input: Parameters<LayerRelevance['terms']>) => layers.terms(...input),
    affine: (...layer: Parameters<LayerRelevance['affine']>) => layers.affine(...layer),
    conv2d: (...layer: Parameters<LayerRelevance['conv2d']>) => layers.conv2d(...layer),
    averagePool: (layer, x, domain = 'nonnegative') =>
      averagePoolRelevance(x, division(layer, domain), recorder, layers.firstRowOf(layer, x)),
    maxPool: (_layer, x) => maxPool(x),
    relu: passingOn((x) => tf.relu(x)),
    tanh: passingOn((x) => tf.tanh(x)),
    sigmoid: passingOn((x) => tf.sigmoid(x)),
    hardSigmoid: passingOn((x) => tf.clipByValue(x, 0, 1)),
    complement: passingOn((x) => tf.sub(1, x)),
    // A rule for signals of either sign meets them behind gates too.
    gate: (gate, signal) => gateRelevance(gate, signal, gates, ofSigned ?? ofParts, recorder),
    sum: (kept, added, domain = 'nonnegative', layer = 'sum') =>
      sumRelevance(kept, added, division(layer, domain), recorder),
    attend: (layer, scores, values, domain, steps) => {
      // By z^B, of which nothing is left but x − low where all weights are ≥ 0 and add up to 1.
      if (domain === 'pixels' && ofSigned === undefined)
        return attentionRelevance(scores, values, steps, range.low, ofParts, recorder)
      return attentionRelevance(scores, values, steps, 0, division(layer, domain), recorder)
    },
    keep: (_layer, x) => x,
    tap: tap(recorder),
    initial: initialTap(recorder),
    complete: () => layers.complete(),
    dispose: () => layers.dispose(),
  }
}
