import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { convolutionFor } from '../network/convolution-for.js'
import { customGradient } from '../network/custom-gradient.js'
import { isNonzero } from '../network/indicator.js'
import { dense } from '../network/linear.js'
import type { Domain, Pass, Term } from '../network/operations.js'
import { pool, poolAdjoint } from '../network/pooling.js'
import { initialTap, tap } from './listen.js'
import type { Recorder } from './recorder.js'
import type { AnyLinear, InputRange, Rule, WeightedShare } from './rule.js'
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

/**
 * The operations in whose backward walk relevance takes the place of the gradient: layers, pooling, gates and sums follow
 * propagation rules, and TensorFlow.js's own tape adds up what reaches a shared cell from several steps.
 *
 * Values are computed beside the tape. On it are only the denominators, and what comes back to a denominator is the quotient
 * R / denominator, so that an input multiplied at all steps at once gets its relevance in one product too.
 */
export function relevanceOperations(rule: Rule, range: InputRange, recorder: Recorder | null): Pass {
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

  const denominator = <T extends Tensor>(
    linear: AnyLinear,
    { share }: WeightedShare,
    x: T,
    kernel: T,
    domain: Domain,
  ): T => {
    const parts = signed(kernel)
    return customGradient<T>([x], (save) => {
      save([x])
      return {
        value: share[domain].denominator(linear, x, parts, range) as T,
        backward: (s, [x]) => [share[domain].redistribute(linear, s, x!, parts, range)],
      }
    })
  }

  /** value on the way forward; on the way back, each denominator of each share gets weight · R / Σ denominators of the share. */
  function distribute<T extends Tensor>(
    value: T,
    shares: readonly WeightedShare[],
    denominators: readonly T[][],
    firstRow = 0,
  ): T {
    return customGradient<T>(denominators.flat(), (save) => {
      save(
        denominators
          .map((parts) => parts.reduce((left, right) => tf.add(left, right)))
          .map((total) => tf.clone(total)),
      )
      const backward = (relevance: T, totals: Tensor[]) => {
        const quotients = shares.map(({ weight }, k) =>
          quotient(weight === 1 ? relevance : tf.mul(relevance, weight), totals[k]!, recorder, firstRow),
        )
        return denominators.flatMap((parts, k) => parts.map(() => tf.clone(quotients[k]!)))
      }
      return { value: tf.clone(value), backward }
    })
  }

  function contributionsOf(source: Source, shares: readonly WeightedShare[]) {
    const { x, kernel, domain, steps } = source
    source.contributions ??= {
      products: tf.split<Tensor2D>(tf.matMul(x, kernel), steps),
      denominators: shares.map((share) =>
        tf.split<Tensor2D>(denominator(DENSE, share, x, kernel, domain), steps),
      ),
    }
    return source.contributions
  }

  const terms = (x: Tensor2D, kernel: Tensor2D, domain: Domain, steps: number): Term[] => {
    const source: Source = { x, kernel, domain, steps }
    return Array.from({ length: steps }, (_, step): RelevanceTerm => ({ domain, source, step }))
  }

  function affine(_layer: string, given: readonly Term[], bias: Tensor1D): Tensor2D {
    const parts = given as readonly RelevanceTerm[]
    const shares = parts.some(({ domain }) => domain === 'pixels') ? rule.pixels : rule.hidden
    const contributions = parts.map(({ source, step }) => ({ ...contributionsOf(source, shares), step }))
    const products = contributions.map(({ products, step }) => products[step]!)
    const value = tf.add(
      products.reduce((left, right) => tf.add(left, right)),
      bias,
    ) as Tensor2D
    return distribute(
      value,
      shares,
      shares.map((_, k) => contributions.map(({ denominators, step }) => denominators[k]![step]!)),
    )
  }

  function conv2d(layer: string, x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, domain: Domain): Tensor4D {
    const shares = domain === 'pixels' ? rule.pixels : rule.hidden
    const convolution = convolutionFor(x, kernel)
    const value = tf.add(convolution.apply(x, kernel), bias) as Tensor4D
    return distribute(
      value,
      shares,
      shares.map((share) => [denominator(convolution as unknown as AnyLinear, share, x, kernel, domain)]),
      firstRowOf(layer, x),
    )
  }

  return {
    purpose: 'explaining',
    term: (x, kernel, domain) => terms(x, kernel, domain, 1)[0]!,
    terms,
    affine,
    conv2d,
    averagePool: (layer, x) => averagePool(x, recorder, firstRowOf(layer, x)),
    relu: passOn,
    sigmoid: (x) => tf.sigmoid(x),
    gate: (gate, signal) =>
      customGradient<Tensor2D>([signal], () => ({
        value: tf.mul(gate, signal),
        backward: (relevance) => [tf.clone(relevance)],
      })),
    sum: (kept, added) => proportionalSum(kept, added, recorder),
    keep: (_layer, x) => x,
    tap: recorder === null ? (_name, _step, x) => x : tap(recorder),
    initial: initialTap(recorder),
    dispose: () => {
      for (const kernel of kernels.values()) kernel.dispose()
    },
  }
}

/** relu passes relevance as it is: an activation of 0 has received none. */
function passOn<T extends Tensor>(x: T): T {
  return customGradient<T>([x], () => ({ value: tf.relu(x), backward: (relevance) => [tf.clone(relevance)] }))
}

/** R / z; where z is 0 so is every contribution to it: R stays where it is, and the recorder is told. */
function quotient(relevance: Tensor, z: Tensor, recorder: Recorder | null, firstRow = 0): Tensor {
  const zero = tf.sub(1, isNonzero(z))
  recorder?.absorb('stabilisers', tf.mul(relevance, zero), firstRow)
  return tf.div(relevance, tf.add(z, zero))
}

/** Average pooling: each block's relevance goes to its pixels in proportion to x_i. */
function averagePool(x: Tensor4D, recorder: Recorder | null, firstRow: number): Tensor4D {
  const [, height, width] = x.shape
  return customGradient<Tensor4D>([x], (save) => {
    const mean = pool(x)
    save([x, mean])
    const backward = (relevance: Tensor4D, [x, mean]: Tensor[]) => {
      const s = quotient(relevance, mean!, recorder, firstRow) as Tensor4D
      return [tf.mul(x!, poolAdjoint(s, height, width))]
    }
    return { value: mean, backward }
  })
}

/** kept + added: relevance goes to the two in proportion to their values. */
function proportionalSum(kept: Tensor2D, added: Tensor2D, recorder: Recorder | null): Tensor2D {
  return customGradient<Tensor2D>([kept, added], (save) => {
    const value = tf.add(kept, added) as Tensor2D
    save([kept, added])
    const backward = (relevance: Tensor2D, [kept, added]: Tensor[]) => {
      const s = quotient(relevance, tf.add(kept!, added!), recorder)
      return [tf.mul(kept!, s), tf.mul(added!, s)]
    }
    return { value, backward }
  })
}
