import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { convolutionFor } from '../network/convolution-for.js'
import { customGradient } from '../network/custom-gradient.js'
import { dense } from '../network/linear.js'
import type { Domain, Pass, Term } from '../network/operations.js'
import { distribute } from './distribute.js'
import {
  averagePoolRelevance,
  gateRelevance,
  maxPoolRelevance,
  passingOn,
  sumRelevance,
} from './element-relevance.js'
import { initialTap, tap } from './listen.js'
import type { Recorder } from './recorder.js'
import type { AnyLinear, InputRange, Rule, Share, WeightedShare } from './rule.js'
import { SignedKernel } from './signed-kernel.js'

/** One layer input at all of its steps: products and denominators are made when the layer that reads it is known. */
interface Source {
  readonly x: Tensor2D
  readonly kernel: Tensor2D
  readonly domain: Domain
  readonly steps: number
  contributions?: { readonly products: Tensor2D[]; readonly denominators: Tensor2D[][] }
}

interface RelevanceTerm extends Term {
  readonly source: Source
  readonly step: number
}

const DENSE = dense as unknown as AnyLinear

const HOW: Readonly<Record<Domain, string>> = {
  nonnegative: 'are activations',
  pixels: 'are pixels',
  signed: 'may be negative',
}

/**
 * The operations in whose backward walk relevance takes the place of the gradient: layers, pooling, gates and sums follow
 * propagation rules, and TensorFlow.js's own tape adds up what reaches a shared cell from several steps.
 *
 * Values are computed beside the tape. On it are only the denominators, and what comes back to a denominator is the quotient
 * R / denominator, so that an input multiplied at all steps at once gets its relevance in one product too.
 *
 * @param method the method's title, for refusals
 * @throws Error naming the layer, while the network is computed, where the rule is not defined for what the layer reads
 */
export function relevanceOperations(
  rule: Rule,
  range: InputRange,
  recorder: Recorder | null,
  method = 'the rule',
): Pass {
  const gates = rule.gates ?? 'nothing'
  const kernels = new Map<Tensor, SignedKernel>()
  const signed = (kernel: Tensor): SignedKernel => {
    const known = kernels.get(kernel) ?? new SignedKernel(kernel)
    kernels.set(kernel, known)
    return known
  }

  // A layer over many images is computed in parts, in the order of its rows.
  const rowsSeen = new Map<string, number>()
  const firstRowOf = (layer: string, x: Tensor): number => {
    const before = rowsSeen.get(layer) ?? 0
    rowsSeen.set(layer, before + x.shape[0]!)
    return before
  }

  const refusal = (layer: string, domain: Domain) =>
    new Error(`${method} is not defined for layer '${layer}', whose inputs ${HOW[domain]}`)
  const shareFor = ({ share }: WeightedShare, layer: string, domain: Domain): Share => {
    const found = share[domain]
    if (found === undefined) throw refusal(layer, domain)
    return found
  }
  const ofParts = { sign: 'positive' } as const
  const ofSigned = rule.signedSums && ({ sign: 'either', epsilon: rule.signedSums.epsilon } as const)
  const division = (layer: string, domain: Domain) => {
    if (domain === 'nonnegative') return ofParts
    if (ofSigned === undefined) throw refusal(layer, domain)
    return ofSigned
  }

  const denominator = <T extends Tensor>(linear: AnyLinear, share: Share, x: T, kernel: T, product: T): T => {
    const parts = signed(kernel)
    return customGradient<T>([x], (save) => {
      save([x])
      return {
        value: share.denominator({ linear, x, kernel: parts, range, product }) as T,
        backward: (s, [x]) => [share.redistribute(s, { linear, x: x!, kernel: parts, range })],
      }
    })
  }

  function contributionsOf(layer: string, source: Source, shares: readonly WeightedShare[]) {
    const { x, kernel, domain, steps } = source
    if (source.contributions === undefined) {
      const product = tf.matMul(x, kernel)
      source.contributions = {
        products: tf.split<Tensor2D>(product, steps),
        denominators: shares.map((share) => {
          const whole = denominator(DENSE, shareFor(share, layer, domain), x, kernel, product)
          return tf.split<Tensor2D>(whole, steps)
        }),
      }
    }
    return source.contributions
  }

  const terms = (x: Tensor2D, kernel: Tensor2D, domain: Domain, steps: number): Term[] => {
    const source: Source = { x, kernel, domain, steps }
    return Array.from({ length: steps }, (_, step): RelevanceTerm => ({ domain, source, step }))
  }

  function affine(layer: string, given: readonly Term[], bias: Tensor1D): Tensor2D {
    const parts = given as readonly RelevanceTerm[]
    const shares = parts.some(({ domain }) => domain === 'pixels') ? rule.pixels : rule.hidden
    const contributions = parts.map(({ source, step }) => ({
      ...contributionsOf(layer, source, shares),
      step,
    }))
    const products = contributions.map(({ products, step }) => products[step]!)
    const value = tf.add(
      products.reduce((left, right) => tf.add(left, right)),
      bias,
    ) as Tensor2D
    return distribute(
      value,
      bias,
      shares,
      shares.map((_, k) => contributions.map(({ denominators, step }) => denominators[k]![step]!)),
      recorder,
    )
  }

  function conv2d(layer: string, x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, domain: Domain): Tensor4D {
    const shares = domain === 'pixels' ? rule.pixels : rule.hidden
    const convolution = convolutionFor(x, kernel)
    const linear = convolution as unknown as AnyLinear
    const product = convolution.apply(x, kernel)
    return distribute(
      tf.add(product, bias) as Tensor4D,
      bias,
      shares,
      shares.map((share) => [denominator(linear, shareFor(share, layer, domain), x, kernel, product)]),
      recorder,
      firstRowOf(layer, x),
    )
  }

  return {
    purpose: 'explaining',
    term: (x, kernel, domain) => terms(x, kernel, domain, 1)[0]!,
    terms,
    affine,
    conv2d,
    averagePool: (layer, x, domain = 'nonnegative') =>
      averagePoolRelevance(x, division(layer, domain), recorder, firstRowOf(layer, x)),
    maxPool: (_layer, x) => maxPoolRelevance(x),
    relu: passingOn((x) => tf.relu(x)),
    tanh: passingOn((x) => tf.tanh(x)),
    sigmoid: passingOn((x) => tf.sigmoid(x)),
    hardSigmoid: passingOn((x) => tf.clipByValue(x, 0, 1)),
    complement: passingOn((x) => tf.sub(1, x)),
    // A rule for signals of either sign meets them behind gates too.
    gate: (gate, signal) => gateRelevance(gate, signal, gates, ofSigned ?? ofParts, recorder),
    sum: (kept, added, domain = 'nonnegative', layer = 'sum') =>
      sumRelevance(kept, added, division(layer, domain), recorder),
    keep: (_layer, x) => x,
    tap: recorder === null ? (_name, _step, x) => x : tap(recorder),
    initial: initialTap(recorder),
    dispose: () => {
      for (const kernel of kernels.values()) kernel.dispose()
    },
  }
}
