import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { attention } from './attention.js'
import { convolutionFor } from './convolution-for.js'
import { customGradient } from './custom-gradient.js'
import type { MaskSource } from './dropout-mask.js'
import { isPositive } from './indicator.js'
import { dense } from './linear.js'
import { maxPool } from './max-pool.js'
import type { Domain, Operations, Pass, Term } from './operations.js'
import { pool, poolAdjoint } from './pooling.js'
import { SharedKernel } from './shared-kernel.js'
import { transposed } from './transposed.js'

/** Where a term stands before `affine`: still x and its shared kernel, or already multiplied for its step. */
type DifferentiableTerm = Term &
  ({ readonly x: Tensor2D; readonly kernel: SharedKernel } | { readonly product: Tensor2D })

/** In what gradient-based interpretations differ: the backward rules of relu and of gates, dropout, and what listens at taps. */
export interface GradientVariant {
  readonly purpose: Operations['purpose']
  readonly relu?: Operations['relu']
  readonly gate?: Operations['gate']
  readonly tap?: Operations['tap']
  readonly initial?: Operations['initial']
  readonly dropout?: MaskSource
}

/** max(0, x) with its ordinary derivative, 0 at 0. */
export const relu = <T extends Tensor>(x: T): T =>
  customGradient<T>([x], (save) => {
    const value = tf.relu(x)
    save([value])
    return { value, backward: (dy, [y]) => [tf.mul(dy, isPositive(y!))] }
  })

/**
 * The operations that differentiate.
 *
 * With purpose `training` gradients reach the parameters; a kernel used at many steps gets its gradient as one product over
 * all of them. With `explaining` they reach the sequences only.
 */
export function differentiable(variant: GradientVariant): Pass {
  const training = variant.purpose === 'training'
  const kernels = new Map<Tensor, SharedKernel>()
  // In training pixels want no gradient, and their share is the largest; means of pixels do once scores decide of what.
  const pixels = { areReached: !training }
  const reaches = (domain: Domain) => domain !== 'pixels' || pixels.areReached

  function term(x: Tensor2D, kernel: Tensor2D, domain: Domain): Term {
    const known = kernels.get(kernel) ?? new SharedKernel(kernel, training)
    kernels.set(kernel, known)
    const result: DifferentiableTerm = { domain, x, kernel: known }
    return result
  }

  function terms(x: Tensor2D, kernel: Tensor2D, domain: Domain, steps: number): Term[] {
    const products = tf.split<Tensor2D>(sum([term(x, kernel, domain)], null), steps)
    return products.map((product): DifferentiableTerm => ({ domain, product }))
  }

  function sum(terms: readonly Term[], bias: Tensor1D | null): Tensor2D {
    const parts = (terms as readonly DifferentiableTerm[]).map((part) =>
      'kernel' in part
        ? { input: part.x, kernel: part.kernel, reached: reaches(part.domain) }
        : { input: part.product, kernel: null, reached: true },
    )
    const tokens = new Set(parts.flatMap(({ kernel }) => kernel?.token ?? []))
    const biases = training && bias !== null ? [bias] : []
    const reached = parts.filter((part) => part.reached).map(({ input }) => input)

    return customGradient<Tensor2D>([...reached, ...tokens, ...biases], (save) => {
      const products = parts.map(({ input, kernel }) =>
        kernel === null ? input : dense.apply(input, kernel.tensor),
      )
      const total = products.reduce((left, right) => tf.add(left, right))
      save(parts.flatMap(({ input, kernel }) => (kernel === null ? [] : [input])))
      const backward = (dy: Tensor2D, saved: Tensor[]) => {
        let next = 0
        const signals = parts.flatMap(({ kernel, reached }) => {
          if (kernel === null) return [tf.clone(dy)]
          kernel.collect(saved[next++] as Tensor2D, dy)
          return reached ? [dense.adjoint(dy, kernel.transposed())] : []
        })
        return [...signals, ...Array.from(tokens, () => tf.scalar(0)), ...biases.map(() => sumOverRows(dy))]
      }
      return { value: bias === null ? tf.clone(total) : tf.add(total, bias), backward }
    })
  }

  function conv2d(_layer: string, x: Tensor4D, kernel: Tensor4D, bias: Tensor1D, domain: Domain): Tensor4D {
    const reached = reaches(domain)
    const convolution = convolutionFor(x, kernel)
    return customGradient<Tensor4D>(
      [...(reached ? [x] : []), ...(training ? [kernel, bias] : [])],
      (save) => {
        save([x, kernel])
        const backward = (dy: Tensor4D, [x, kernel]: Tensor[]) => {
          const signals = reached ? [convolution.adjoint(dy, transposed(kernel as Tensor4D))] : []
          if (!training) return signals
          const gradient = convolution.kernelAdjoint(x as Tensor4D, dy, kernel!.shape as Tensor4D['shape'])
          return [...signals, gradient, sumOverRows(dy)]
        }
        return { value: tf.add(convolution.apply(x, kernel), bias), backward }
      },
    )
  }

  return {
    purpose: variant.purpose,
    term,
    terms,
    affine: (_layer, terms, bias: Tensor1D) => sum(terms, bias),
    conv2d,
    averagePool,
    maxPool: (_layer, x) => maxPool(x),
    relu: variant.relu ?? relu,
    sigmoid,
    hardSigmoid,
    tanh,
    gate: variant.gate ?? product,
    complement,
    sum: (kept, added) =>
      customGradient<Tensor2D>([kept, added], () => ({
        value: tf.add(kept, added),
        backward: (dy) => [tf.clone(dy), tf.clone(dy)],
      })),
    attend(_layer, scores, values, domain, steps) {
      const means = attended(scores, values, steps, reaches(domain))
      pixels.areReached = true
      return means
    },
    keep: (layer, x) => (variant.dropout ? masked(x, variant.dropout(layer, x.shape[0], x.shape[1])) : x),
    initial: variant.initial ?? ((_name, batch, units) => tf.zeros<tf.Rank.R2>([batch, units])),
    tap: variant.tap ?? ((_name, _step, x) => x),
    dispose: () => {
      for (const kernel of kernels.values()) kernel.dispose()
    },
  }
}

function averagePool(_layer: string, x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape
  return customGradient<Tensor4D>([x], () => ({
    value: pool(x),
    backward: (dy) => [poolAdjoint(dy, height, width)],
  }))
}

function tanh<T extends Tensor>(x: T): T {
  return customGradient<T>([x], (save) => {
    const value = tf.tanh(x)
    save([value])
    return { value, backward: (dy, [y]) => [tf.mul(dy, tf.sub(1, tf.square(y!)))] }
  })
}

/** 1 − gate, on which the gradient turns round. */
function complement(gate: Tensor2D): Tensor2D {
  return customGradient<Tensor2D>([gate], () => ({
    value: tf.sub(1, gate),
    backward: (dy) => [tf.neg(dy)],
  }))
}

function sigmoid<T extends Tensor>(x: T): T {
  return customGradient<T>([x], (save) => {
    const value = tf.sigmoid(x)
    save([value])
    return { value, backward: (dy, [y]) => [tf.mul(dy, tf.mul(y!, tf.sub(1, y!)))] }
  })
}

/** min(1, max(0, x)) with its ordinary derivative, 0 at both corners. */
function hardSigmoid<T extends Tensor>(x: T): T {
  return customGradient<T>([x], (save) => {
    const value = tf.clipByValue(x, 0, 1)
    save([value])
    const backward = (dy: T, [y]: Tensor[]) => [tf.mul(dy, tf.mul(isPositive(y!), isPositive(tf.sub(1, y!))))]
    return { value, backward }
  })
}

function product(gate: Tensor2D, signal: Tensor2D): Tensor2D {
  return customGradient<Tensor2D>([gate, signal], (save) => {
    save([gate, signal])
    return {
      value: tf.mul(gate, signal),
      backward: (dy, [gate, signal]) => [tf.mul(dy, signal!), tf.mul(dy, gate!)],
    }
  })
}

/** Attention, whose gradient reaches the scores, and the values where it is wanted. */
function attended(scores: Tensor2D, values: Tensor2D, steps: number, reached: boolean): Tensor2D {
  return customGradient<Tensor2D>([scores, ...(reached ? [values] : [])], (save) => {
    save([scores, values])
    return {
      value: attention(scores, steps).apply(values),
      backward: (dy, [scores, values]) => {
        const { adjoint, scoresAdjoint } = attention(scores as Tensor2D, steps)
        return [scoresAdjoint(dy, values as Tensor2D), ...(reached ? [adjoint(dy)] : [])]
      },
    }
  })
}

function masked(x: Tensor2D, mask: Tensor2D): Tensor2D {
  return customGradient<Tensor2D>([x], (save) => {
    save([mask])
    return { value: tf.mul(x, mask), backward: (dy, [mask]) => [tf.mul(dy, mask!)] }
  })
}

/** The sum over all axes but the last, `[units]`, as a pool over everything: many times as fast as the reduction on wasm. */
function sumOverRows(dy: Tensor): Tensor1D {
  const units = dy.shape[dy.shape.length - 1]!
  if (tf.getBackend() !== 'wasm') return tf.sum(tf.reshape(dy, [-1, units]), 0)
  const rows = dy.size / units
  const mean = tf.avgPool(tf.reshape<tf.Rank.R4>(dy, [1, rows, 1, units]), [rows, 1], 1, 'valid')
  return tf.mul(tf.reshape<tf.Rank.R1>(mean, [units]), rows)
}
